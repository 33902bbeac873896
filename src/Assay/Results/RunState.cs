namespace Assay.Results;

/// <summary>How far a run came.</summary>
public enum RunState
{
    /// <summary>A process is writing it now.</summary>
    Running,

    /// <summary>Everything that was asked for was done; its verdict may still be fail.</summary>
    Done,

    /// <summary>Ended early by the user; what was done is kept.</summary>
    Cancelled,

    /// <summary>The work could not be completed: too many failures, a lost service.</summary>
    Failed,

    /// <summary>Its writer stopped without a word: killed, crashed, power lost, or closed without completing. It can be resumed.</summary>
    Interrupted,
}
