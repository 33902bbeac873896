using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>One thing to search for.</summary>
/// <param name="Name">As the objective asks for it.</param>
public abstract record SearchParameter(string Name)
{
    /// <summary>When it takes part; null: always.</summary>
    public Condition? When { get; init; }

    /// <summary>Its range; null when it is a choice.</summary>
    internal abstract NumericRange? Range { get; }

    /// <summary>How many values it may take; null when they cannot be counted.</summary>
    internal virtual long? Count => Range!.Value.Count;

    /// <summary>Value by its place, from 0, of those that can be counted.</summary>
    internal virtual ParameterValue At(long place) => Range!.Value.At(place);

    internal virtual ParameterValue Draw(SeededRandom random) => Range!.Value.Draw(random);

    /// <summary>For a journal: another description is another parameter.</summary>
    internal abstract JsonObject Describe();

    internal virtual IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return "A parameter has no name. The objective asks for it by name. Give it one.";
        }

        foreach (var problem in Range?.Problems(Name) ?? [])
        {
            yield return problem;
        }
    }
}
