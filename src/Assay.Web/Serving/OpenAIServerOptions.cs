using System.Net;

namespace Assay.Web.Serving;

/// <summary>How an <see cref="OpenAIServer"/> listens.</summary>
public sealed record OpenAIServerOptions
{
    /// <summary>Default loopback: whoever wants the model on a network must say so.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>A longer request is answered with 413. Default 8 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Answers to one request, prompts times <c>n</c>. Default 128.</summary>
    public int MaxChoices { get; init; } = 128;
}
