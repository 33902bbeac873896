using System.Collections.Immutable;
using System.Net;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Faults;

namespace Assay.Web.Simulation;

/// <summary>What a <see cref="Simulator"/> is like.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Default loopback.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The name in answers; requests may name any. Default <c>sim</c>.</summary>
    public string Model { get; init; } = "sim";

    /// <summary>From the arrival to the first chunk, without a model of batching; null, the default, lets <see cref="Batching"/> say when tokens come.</summary>
    public Delay? FirstToken { get; init; }

    /// <summary>From chunk to chunk; counts with <see cref="FirstToken"/> only. When both are none, all chunks of an answer are one write.</summary>
    public Delay Gap { get; init; } = Delay.None;

    /// <summary>The server that is modelled when <see cref="FirstToken"/> is null.</summary>
    public BatchingOptions Batching { get; init; } = new();

    /// <summary>More requests than this beyond a full batch are answered with 429; null, the default, queues all.</summary>
    public int? MaxQueue { get; init; }

    /// <summary>Tokens of an answer to a request that sets no limit; one with a limit gets just as many as that. Default 16.</summary>
    public int AnswerTokens { get; init; } = 16;

    /// <summary>Tokens of a chunk. Default 1.</summary>
    public int ChunkTokens { get; init; } = 1;

    /// <summary>The first tokens of a chat's answer that are reasoning. Default none.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>The head of a stream and its role chunk are sent at once, not with the first tokens.</summary>
    public bool EarlyRole { get; init; }

    /// <summary>What goes wrong, and how often.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>Of faults, delays and jitter.</summary>
    public ulong Seed { get; init; }

    /// <summary>A file for a line of JSON about each answer; null, the default, writes none.</summary>
    public string? TruthFile { get; init; }

    /// <summary>All that is wrong with these options; none when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        string?[] problems =
        [
            AnswerTokens >= 1 ? null : $"an answer has {AnswerTokens} tokens; expected 1 or more",
            ChunkTokens >= 1 ? null : $"a chunk has {ChunkTokens} tokens; expected 1 or more",
            ReasoningTokens >= 0 ? null : $"{ReasoningTokens} tokens are reasoning; expected 0 or more",
            MaxQueue is null or >= 0 ? null : $"the queue takes {MaxQueue} requests; expected 0 or more",
            Port is >= 0 and <= 65535 ? null : $"the port is {Port}; expected 0 to 65535",
        ];
        return [.. problems.OfType<string>(), .. Batching.Problems()];
    }
}
