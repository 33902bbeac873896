namespace Assay.Web.Simulation.Faults;

/// <summary>What can go wrong with an answer.</summary>
public enum FaultKind
{
    /// <summary>Status 429 with Retry-After (default 1 s).</summary>
    RateLimit,

    /// <summary>Status 500.</summary>
    Error,

    /// <summary>Nothing more after some chunks (default 1): for a time, or for good.</summary>
    Stall,

    /// <summary>The connection is reset after some chunks (default 1).</summary>
    Cut,

    /// <summary>The stream ends well-formed after some chunks (default 1), without finish reason and [DONE].</summary>
    CutClean,

    /// <summary>An error event after some chunks (default 1), then [DONE], as vLLM has it.</summary>
    ErrorInStream,

    /// <summary>The first chunk comes later by a time (default 1 s).</summary>
    SlowFirst,

    /// <summary>The usage counts twice the tokens of the answer, plus one.</summary>
    WrongUsage,

    /// <summary>Status 200 with a page of HTML.</summary>
    Html,

    /// <summary>Fewer tokens than asked for (default half), with the finish reason of a whole answer.</summary>
    Short,
}
