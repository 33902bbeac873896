using System.Collections.Immutable;
using System.Net;
using Assay.Load.Payloads;

namespace Assay.Load;

/// <summary>Where the load goes and what a good answer is.</summary>
public sealed record LoadTarget
{
    /// <summary>The whole address, http or https.</summary>
    public required Uri Address { get; init; }

    /// <summary>
    /// What answers are. A good one of the OpenAI protocols has status 200, some text, a finish reason and, as a stream, <c>[DONE]</c> (of responses: the
    /// event that completes it), and as many tokens as were forced; of the others, <see cref="Check"/> says.
    /// </summary>
    public LoadProtocol Protocol { get; init; } = LoadProtocol.Http;

    /// <summary>What is sent; null sends GET without a body.</summary>
    public IPayloads? Payloads { get; init; }

    /// <summary>
    /// When given, conversations are made instead of single requests: the arrivals, the duration and the number of requests of the options then say when
    /// sessions begin and how many, and a closed loop keeps so many going at a time.
    /// </summary>
    public ISessionPayloads? Sessions { get; init; }

    /// <summary>Of the bodies. Default JSON.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Sent with every request, beside those the client needs itself; they are in no report and no log.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = [];

    /// <summary>Of https: takes any certificate, so that a service with one of its own making can be measured. Default: only what the machine trusts.</summary>
    public bool TrustsAnyCertificate { get; init; }

    /// <summary>Null for a good answer, else what is wrong with it, in words that repeat from answer to answer: they are counted. Not timed. Default: any success status is good.</summary>
    public Func<HttpStatusCode, ReadOnlyMemory<byte>, string?> Check { get; init; } =
        (status, _) => (int)status is >= 200 and < 300 ? null : $"status {(int)status}";

    /// <summary>The server's process on this machine, whose use of processor and memory is to be measured; null when it is elsewhere.</summary>
    public int? ServerProcessId { get; init; }

    /// <summary>Answers may be streams of the OpenAI protocol.</summary>
    internal bool IsTokenStream => Protocol is LoadProtocol.Chat or LoadProtocol.Completions or LoadProtocol.Responses;
}
