namespace Assay.Load.Client;

/// <summary>A session under way.</summary>
sealed class Conversation(int number)
{
    readonly List<string> _answers = [];

    /// <summary>Its place in the schedule.</summary>
    public int Number => number;

    /// <summary>Which turn is on, from 0.</summary>
    public int Turn => _answers.Count;

    public IReadOnlyList<string> Answers => _answers;

    public void Answer(string text) => _answers.Add(text);
}
