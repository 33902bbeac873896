namespace Assay.Load;

/// <summary>What the service under load speaks.</summary>
public enum LoadProtocol
{
    /// <summary>V2 (open) inference: the rows of a table.</summary>
    V2,

    /// <summary>OpenAI completions: the prompt as it is.</summary>
    Completions,

    /// <summary>OpenAI chat completions.</summary>
    Chat,

    /// <summary>OpenAI responses.</summary>
    Responses,

    /// <summary>OpenAI embeddings.</summary>
    Embeddings,

    /// <summary>Any HTTP service: a success status is a good answer unless a check of the target says otherwise.</summary>
    Http,
}
