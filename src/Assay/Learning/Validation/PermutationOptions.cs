namespace Assay.Learning.Validation;

/// <summary>How permutation importance is measured.</summary>
public sealed record PermutationOptions
{
    /// <summary>Shuffles of each column, 2 or more.</summary>
    public int Repeats { get; init; } = 10;

    /// <summary>Of all shuffles.</summary>
    public ulong Seed { get; init; }

    /// <summary>False for errors and losses: then an important column is one that raises them.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>Of the intervals.</summary>
    public double Confidence { get; init; } = 0.95;
}
