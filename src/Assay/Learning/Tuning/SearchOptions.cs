using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>A random search for better numbers.</summary>
public sealed record SearchOptions
{
    /// <summary>How many settings to try, the default one among them.</summary>
    public int Trials { get; init; } = 10;

    /// <summary>What may change.</summary>
    public required ImmutableArray<SearchParameter> Parameters { get; init; }

    /// <summary>Of the draws; the folds keep the seed of the training.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether a lower score is better.</summary>
    public bool Minimise { get; init; }

    /// <summary>Everything that is wrong, one sentence each; empty when nothing is.</summary>
    public ImmutableArray<string> Problems()
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        if (Trials < 1)
        {
            problems.Add($"trials is {Trials}. A search needs at least 1. Give a positive number.");
        }

        if (Parameters.IsDefaultOrEmpty)
        {
            problems.Add($"The search has no parameters. It needs at least one of {string.Join(", ", SearchParameter.Known)}. Add one.");
            return problems.ToImmutable();
        }

        problems.AddRange(Parameters.CountBy(parameter => parameter.Name).Where(name => name.Value > 1)
            .Select(name => $"'{name.Key}' is searched {name.Value} times. Once is what is expected. Remove the others."));
        problems.AddRange(Parameters.SelectMany(parameter => parameter.Problems()));
        return problems.ToImmutable();
    }
}
