namespace Assay.Web.Serving;

/// <summary>How a <see cref="V2Server"/> listens.</summary>
public sealed record V2ServerOptions
{
    /// <summary>On 127.0.0.1; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>A longer request is answered with 413. Default 16 MiB, some 100,000 rows of ten columns.</summary>
    public long MaxBodyBytes { get; init; } = 16 * 1024 * 1024;
}
