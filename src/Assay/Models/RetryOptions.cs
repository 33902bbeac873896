namespace Assay.Models;

/// <summary>How often and after how long a failure that can pass is tried again.</summary>
public sealed record RetryOptions
{
    /// <summary>Further attempts after the first. Default 10: with the waits below they outlast a minute without service (at least 75 s).</summary>
    public int Retries { get; init; } = 10;

    /// <summary>The longest first wait; each further one may be twice as long. Default half a second.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>No wait of our own is longer. Default half a minute.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A service that asks for a longer wait is not asked again. Default five minutes.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Of the jitter.</summary>
    public ulong Seed { get; init; } = 1;
}
