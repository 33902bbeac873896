namespace Assay.Web.Simulation.Requests;

/// <summary>What a request asks for.</summary>
readonly record struct Ask
{
    public required AskKind Kind { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    /// <summary>Null without a limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Alternatives to tell with each token; null when log-probabilities are not asked for.</summary>
    public int? LogProbs { get; init; }

    /// <summary>The name that the client gives the request (vLLM's <c>request_id</c>); null without one.</summary>
    public string? RequestId { get; init; }

    /// <summary>Texts to embed.</summary>
    public int Inputs { get; init; }

    /// <summary>Of an embedding; null for the default.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Embeddings as base64 of float32.</summary>
    public bool IsBase64 { get; init; }
}
