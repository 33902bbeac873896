namespace Assay.Load.Client;

/// <summary>What an event of a stream holds; one may hold several of these, or nothing.</summary>
[Flags]
public enum EventKinds
{
    /// <summary>Nothing that counts.</summary>
    None = 0,

    /// <summary>Text of the answer, or an embedding.</summary>
    Text = 1,

    /// <summary>Text of what the model thinks.</summary>
    Reasoning = 2,

    /// <summary>A part of a tool call.</summary>
    Tool = 4,

    /// <summary>Who speaks.</summary>
    Role = 8,

    /// <summary>Why the answer ends.</summary>
    Finish = 16,

    /// <summary>The service's count of tokens.</summary>
    Usage = 32,

    /// <summary>An error.</summary>
    Error = 64,

    /// <summary>The end of the stream: <c>[DONE]</c>, or the event that completes a response.</summary>
    Done = 128,
}
