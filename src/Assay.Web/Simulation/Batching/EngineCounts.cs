namespace Assay.Web.Simulation.Batching;

/// <summary>What an engine has done, and holds now.</summary>
public sealed record EngineCounts
{
    /// <summary>Answers being made.</summary>
    public int Running { get; init; }

    /// <summary>Requests in the queue.</summary>
    public int Waiting { get; init; }

    /// <summary>Blocks that running answers hold.</summary>
    public int BlocksInUse { get; init; }

    /// <summary>Share of the blocks that running answers hold; 0 where there is no limit.</summary>
    public double CacheUse { get; init; }

    /// <summary>Tokens of the prompts that were taken up, each prompt once.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Of these, tokens found in the prefix cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Blocks of the prompts that were taken up, a last one of fewer tokens included.</summary>
    public long PromptBlocks { get; init; }

    /// <summary>Of these, blocks found in the prefix cache.</summary>
    public long CachedBlocks { get; init; }

    /// <summary>Tokens made.</summary>
    public long GeneratedTokens { get; init; }

    /// <summary>Answers that gave their blocks back to an older one, and were computed again.</summary>
    public long Preemptions { get; init; }
}
