using System.Collections.Immutable;
using System.Net;

namespace Assay.Load;

/// <summary>Where the load goes and what a good answer is.</summary>
public sealed record LoadTarget
{
    /// <summary>The whole address.</summary>
    public required Uri Address { get; init; }

    /// <summary>Written before the run; each is sent equally often, in a seeded order. Without any, GET is sent.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Bodies { get; init; } = [];

    /// <summary>Of the bodies. Default JSON.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Null for a good answer, else what is wrong with it, in words that repeat from answer to answer: they are counted. Not timed. Default: any success status is good.</summary>
    public Func<HttpStatusCode, ReadOnlyMemory<byte>, string?> Check { get; init; } =
        (status, _) => (int)status is >= 200 and < 300 ? null : $"status {(int)status}";

    /// <summary>
    /// Answers are streams of the OpenAI protocol, and their tokens are timed. A good one has status 200, some text, a finish reason and <c>[DONE]</c>;
    /// <see cref="Check"/> is not asked.
    /// </summary>
    public bool IsTokenStream { get; init; }

    /// <summary>The server's process on this machine, whose use of processor and memory is to be measured; null when it is elsewhere.</summary>
    public int? ServerProcessId { get; init; }
}
