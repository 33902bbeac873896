using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>What a study tries, and by what rules. The same options and the same objective give the same study, for any number of workers.</summary>
public sealed record StudyOptions
{
    /// <summary>What may change.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>How many settings to try, the default one among them. More than before continues a journal.</summary>
    public int Trials { get; init; } = 50;

    /// <summary>Chooses the settings.</summary>
    public Sampler Sampler { get; init; } = new TpeSampler();

    /// <summary>Stops bad trials early; objectives that report nothing are not stopped.</summary>
    public Pruner Pruner { get; init; } = new MedianPruner();

    /// <summary>Which values are better.</summary>
    public Direction Direction { get; init; }

    /// <summary>Of all that is drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// How many trials may be under way at once, 4 by default. Trial n is chosen, and pruned, by the trials up to n - Window only, which have
    /// all ended before it starts: so the study does not depend on the workers, of whom more than this are idle. 1 learns from every trial before.
    /// </summary>
    public int Window { get; init; } = 4;

    /// <summary>The setting of trial 0; it may lack parameters and lie outside the space. Null: trial 0 is chosen as the others are.</summary>
    public ImmutableSortedDictionary<string, ParameterValue>? Default { get; init; }

    /// <summary>What is tuned, on which data: a journal of another subject is refused.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Everything that is wrong, one sentence each; empty when nothing is.</summary>
    public ImmutableArray<string> Problems() => [.. OwnProblems(), .. Space.Problems(), .. SamplerProblems(), .. Pruner.Problems()];

    IEnumerable<string> OwnProblems()
    {
        if (Trials < 1)
        {
            yield return $"trials is {Trials}. A study needs at least 1. Give a positive number.";
        }

        if (Window < 1)
        {
            yield return $"window is {Window}. At least 1 trial must be under way. Give a positive number.";
        }

        var known = Space.Parameters.IsDefault ? [] : Space.Parameters.Select(parameter => parameter.Name).ToArray();
        foreach (var name in Default?.Keys.Except(known) ?? [])
        {
            yield return $"The default setting has '{name}', which is not searched.{NearestName.Hint(name, known)} Searched are: {string.Join(", ", known)}. Take it out.";
        }
    }

    IEnumerable<string> SamplerProblems() => Space.Parameters.IsDefaultOrEmpty ? [] : Sampler.Problems(Space);
}
