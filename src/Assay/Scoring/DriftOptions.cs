namespace Assay.Scoring;

/// <summary>How two tables are compared.</summary>
public sealed record DriftOptions
{
    /// <summary>A test for all columns that it suits, one of <see cref="DriftTest.Known"/>; null: Evidently's choice by kind and size.</summary>
    public string? Test { get; init; }

    /// <summary>A p-value, adjusted over the columns, below it, or a distance from it up, is drift; null: the test's own.</summary>
    public double? Threshold { get; init; }

    /// <summary>The data set drifts when this share of its columns does. Evidently's default.</summary>
    public double DriftShare { get; init; } = 0.5;

    /// <summary>Level of the test on missing values.</summary>
    public double MissingLevel { get; init; } = 0.05;

    /// <summary>A change of the share of missing values, or a share of rows with unseen values, below it is not called drift.</summary>
    public double LeastShare { get; init; } = 0.01;

    /// <summary>Of tests by resampling.</summary>
    public ulong Seed { get; init; }
}
