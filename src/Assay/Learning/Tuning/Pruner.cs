using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>Stops trials that are worse than others on their way, by their intermediate values.</summary>
public abstract record Pruner
{
    /// <summary>Whether a trial ends with its last intermediate value.</summary>
    /// <param name="direction">Which values are better.</param>
    /// <param name="known">The ended trials that it may be compared with.</param>
    /// <param name="own">Its intermediate values, at least one.</param>
    /// <param name="rungs">Its own memory, kept with the trial.</param>
    internal abstract bool Prunes(Direction direction, ArraySegment<Trial> known, List<IntermediateValue> own, List<double> rungs);

    internal abstract JsonObject Describe();

    internal abstract IEnumerable<string> Problems();

    private protected static IEnumerable<string> AtLeast(int least, string name, int value)
    {
        if (value < least)
        {
            yield return $"{name} is {value}. It must be at least {least}. Raise it.";
        }
    }
}
