namespace Assay.Web.Simulation.Batching;

/// <summary>Says when tokens are made. Knows no clock but the times that it is given; not thread-safe.</summary>
interface ITokenEngine
{
    /// <summary>When the next tokens are due at the earliest, in nanoseconds; the largest number when nothing is to be made.</summary>
    long NextDue { get; }

    EngineCounts Counts { get; }

    /// <summary>False when the request could never be answered, for want of blocks.</summary>
    bool Add(in Arrival arrival);

    /// <summary>Forgets the request, if it is there: its client has gone.</summary>
    void Cancel(long id);

    /// <summary>Adds what is due up to now, by time.</summary>
    void Advance(long now, ICollection<TokenEvent> due);
}
