namespace Assay.Transformers;

/// <summary>Why an answer ended.</summary>
public enum FinishReason
{
    /// <summary>The model's end token or a stop text.</summary>
    Stop,

    /// <summary>The most tokens asked for, or the end of the context.</summary>
    Length,
}
