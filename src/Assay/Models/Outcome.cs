namespace Assay.Models;

/// <summary>How one call or one sample ended. A failure is never merged into 'wrong'.</summary>
public enum Outcome
{
    /// <summary>A complete answer that could be scored.</summary>
    Ok,

    /// <summary>An answer came, but nothing could be extracted from it.</summary>
    WrongFormat,

    /// <summary>The model or the service declined.</summary>
    Refused,

    /// <summary>The answer was cut: by a length limit or a broken connection.</summary>
    Truncated,

    /// <summary>The call failed: status, protocol, or content.</summary>
    Error,

    /// <summary>No complete answer in time.</summary>
    Timeout,

    /// <summary>The call was never made: cancelled, or past the end of the run.</summary>
    NeverSent,
}
