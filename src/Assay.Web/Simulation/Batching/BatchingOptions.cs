namespace Assay.Web.Simulation.Batching;

/// <summary>The server that <see cref="ContinuousBatching"/> models. A step takes <c>StepTime + SequenceTime · decoding answers + prompt tokens / PrefillRate</c>.</summary>
public sealed record BatchingOptions
{
    /// <summary>Answers made at a time. Default 256.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>Of every step. Default 6 ms.</summary>
    public TimeSpan StepTime { get; init; } = TimeSpan.FromMilliseconds(6);

    /// <summary>Added for each answer that gets a further token. Default 50 µs.</summary>
    public TimeSpan SequenceTime { get; init; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Prompt tokens per second. Default 20,000.</summary>
    public double PrefillRate { get; init; } = 20_000;

    /// <summary>Prompt tokens of one step; a longer prompt takes several, between which the others go on. Default 2048.</summary>
    public int PrefillTokens { get; init; } = 2048;

    /// <summary>Tokens of a block of the KV cache. Default 512, as in Mooncake's traces.</summary>
    public int BlockTokens { get; init; } = 512;

    /// <summary>Blocks of the KV cache, answers' and reusable ones together; null, the default, has no limit.</summary>
    public int? Blocks { get; init; }

    /// <summary>Blocks of earlier prompts are reused as long as no one needs their place; the one used longest ago goes first. Default true.</summary>
    public bool PrefixCache { get; init; } = true;

    /// <summary>Standard deviation of a step's time as a share of it (normal, cut at ±70 %). Default 0.</summary>
    public double Jitter { get; init; }

    /// <summary>Of the jitter.</summary>
    public ulong Seed { get; init; }

    /// <summary>All that is wrong with these options; none when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        string?[] problems =
        [
            MaxBatch >= 1 ? null : $"the batch is {MaxBatch}; expected 1 answer or more",
            StepTime >= TimeSpan.Zero && SequenceTime >= TimeSpan.Zero ? null : "a step's time is negative; expected 0 or more",
            PrefillRate > 0 ? null : $"the prefill rate is {PrefillRate}; expected tokens per second above 0",
            PrefillTokens >= 1 ? null : $"a step takes {PrefillTokens} prompt tokens; expected 1 or more",
            BlockTokens >= 1 ? null : $"a block has {BlockTokens} tokens; expected 1 or more",
            Blocks is null or >= 1 ? null : $"the cache has {Blocks} blocks; expected 1 or more",
            Jitter is >= 0 and <= 1 ? null : $"the jitter is {Jitter}; expected a share from 0 to 1",
        ];
        return problems.OfType<string>();
    }
}
