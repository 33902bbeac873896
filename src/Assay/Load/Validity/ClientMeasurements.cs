namespace Assay.Load.Validity;

/// <summary>What the client saw of itself while it made the load.</summary>
public sealed record ClientMeasurements
{
    /// <summary>From the start to the last answer.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long the most used of the client's threads was not waiting, as a share of <see cref="Elapsed"/>: near 1 it could do no more.</summary>
    public required double BusiestThread { get; init; }

    /// <summary>Processor time of the whole process.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Processors the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>From the scheduled time to the sending of each request of an open loop or a session; empty for a closed loop, which has no times to keep.</summary>
    public required DurationHistogram SendLag { get; init; }

    /// <summary>From the time when a socket could be read to the time noted for what was read, probed some 100 times a second over a socket-like channel of the client's own.</summary>
    public required DurationHistogram ReadLag { get; init; }

    /// <summary>All threads stood still for the garbage collector, in sum.</summary>
    public TimeSpan GarbagePause { get; init; }

    /// <summary>Collections.</summary>
    public int Collections { get; init; }

    /// <summary>The longest queue of the thread pool seen. The client's own work is on threads of its own; long queues tell of other work in the process.</summary>
    public long ThreadPoolQueue { get; init; }

    /// <summary>Connections opened, those before the first request included.</summary>
    public int Connections { get; init; }

    /// <summary>Connections that the client itself could not open: no port or descriptor was left.</summary>
    public int NoSocket { get; init; }

    /// <summary>Records that the event log had to leave out since the disk was too slow; they are in every other number.</summary>
    public long LostRecords { get; init; }
}
