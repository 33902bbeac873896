namespace Assay.Statistics;

/// <summary>How to resample.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Resamples; 2000 put the ends of a 95 % interval within about a tenth of its half width.</summary>
    public int Rounds { get; init; } = 2000;

    /// <summary>The share of intervals that should hold the true value, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The same seed gives the same interval.</summary>
    public ulong Seed { get; init; }

    /// <summary>At most this many threads; -1 leaves it to the scheduler. The result does not depend on it.</summary>
    public int Threads { get; init; } = -1;
}
