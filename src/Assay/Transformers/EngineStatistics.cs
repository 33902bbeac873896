namespace Assay.Transformers;

/// <summary>What an engine does at a moment, and what it did since it began.</summary>
public sealed record EngineStatistics
{
    /// <summary>Texts in work.</summary>
    public required int Running { get; init; }

    /// <summary>Texts that wait for their turn.</summary>
    public required int Waiting { get; init; }

    /// <summary>Share of the cache that texts in work hold, in [0, 1].</summary>
    public required double CacheUse { get; init; }

    /// <summary>Tokens of the prompts that were taken up, with those that the cache had.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens made.</summary>
    public required long GeneratedTokens { get; init; }

    /// <summary>Tokens of prompts that the cache had.</summary>
    public required long PrefixHits { get; init; }

    /// <summary>Tokens of prompts that were looked up in the cache.</summary>
    public required long PrefixQueries { get; init; }
}
