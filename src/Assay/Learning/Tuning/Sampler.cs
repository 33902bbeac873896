using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>Chooses the settings to try.</summary>
public abstract record Sampler
{
    /// <summary>
    /// What proposes the settings of one study. It is called once a trial, in the order of their numbers, with the trials that this one may
    /// learn from, and gives null when there is nothing left to try.
    /// </summary>
    internal abstract Func<int, ArraySegment<Trial>, ImmutableSortedDictionary<string, ParameterValue>?> Begin(StudyOptions options);

    internal abstract JsonObject Describe();

    internal abstract IEnumerable<string> Problems(SearchSpace space);

    // A trial's own stream: what is drawn for it does not depend on what came before.
    private protected static SeededRandom RandomOf(StudyOptions options, int number) => new SeededRandom(options.Seed).Derive((ulong)number + 1);
}
