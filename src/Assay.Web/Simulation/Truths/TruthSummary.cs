using System.Collections.Immutable;
using Assay.Web.Simulation.Batching;

namespace Assay.Web.Simulation.Truths;

/// <summary>What a simulator has truly done since it started, or was last reset.</summary>
public sealed record TruthSummary
{
    /// <summary>Answers that ended, however they did.</summary>
    public required long Requests { get; init; }

    /// <summary>Answers by how they ended: ok, aborted (the client went), refused (the queue was full), or the fault.</summary>
    public required ImmutableSortedDictionary<string, long> Outcomes { get; init; }

    /// <summary>Of the prompts of these answers.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens written.</summary>
    public required long Tokens { get; init; }

    /// <summary>Chunks with tokens.</summary>
    public required long Chunks { get; init; }

    /// <summary>From a request's last byte read to the first chunk with tokens given to its socket; of an answer that is no stream, to the answer.</summary>
    public required TruthTimes Ttft { get; init; }

    /// <summary>Between the writing of a stream's chunks; those written together have 0.</summary>
    public required TruthTimes Gap { get; init; }

    /// <summary>From the time when tokens were due to the time when they were written: the simulator's own error.</summary>
    public required TruthTimes Lateness { get; init; }

    /// <summary>Of the engine: prompt blocks looked up, blocks found, preemptions.</summary>
    public required EngineCounts Engine { get; init; }

    /// <summary>Cached blocks by prompt blocks; null where none were looked up.</summary>
    public double? BlockHitRatio => Engine.PromptBlocks == 0 ? null : (double)Engine.CachedBlocks / Engine.PromptBlocks;
}
