namespace Assay.Transformers;

/// <summary>The size of an engine.</summary>
public sealed record InferenceOptions
{
    const long SmallModel = 64L << 20;

    /// <summary>Texts that are worked on together, at least 1.</summary>
    public int MaxBatch { get; init; } = 8;

    /// <summary>
    /// Threads that compute; the answers do not depend on it. 0 (the default): one for a model below 64 MiB, whose steps are shorter than
    /// waking another takes, else one a processor.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>Texts that may wait for their turn; one more is refused with <see cref="QueueFullException"/>.</summary>
    public int MaxQueue { get; init; } = 256;

    /// <summary>Tokens whose keys and values are kept, of all texts together; memory is taken as it is needed. Bounds the context too.</summary>
    public int KvCacheTokens { get; init; } = 16_384;

    /// <summary>Tokens of prompts in one step, shared by the texts that begin: larger is faster, smaller lets answers in work wait less.</summary>
    public int PrefillBlock { get; init; } = 128;

    /// <summary>Of requests that sample without a seed of their own.</summary>
    public ulong Seed { get; init; }

    /// <summary>Measures how long requests take, for <see cref="QueueFullException.RetryAfter"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal InferenceOptions For(Transformer model) => this with { Threads = Threads > 0 ? Threads : model.WeightBytes < SmallModel ? 1 : Environment.ProcessorCount };

    internal void Check()
    {
        (string Name, int Value)[] sizes =
        [
            (nameof(MaxBatch), MaxBatch),
            (nameof(Threads), Threads + 1),
            (nameof(MaxQueue), MaxQueue + 1),
            (nameof(KvCacheTokens), KvCacheTokens),
            (nameof(PrefillBlock), PrefillBlock),
        ];
        if (Array.Find(sizes, size => size.Value < 1) is { Name: { } name })
        {
            throw new UserErrorException($"inference options: '{name}' is too small. A positive number is expected (Threads and MaxQueue may be 0). Raise it.");
        }
    }
}
