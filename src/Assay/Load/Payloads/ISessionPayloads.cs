namespace Assay.Load.Payloads;

/// <summary>Conversations: each turn is made when the last is answered. Thread-safe; the same arguments give the same turn.</summary>
public interface ISessionPayloads
{
    /// <summary>The next turn; null when the session is over. A turn that fails ends its session without asking.</summary>
    /// <param name="session">Its place in the schedule, from 0.</param>
    /// <param name="answers">The texts of the answers so far, without reasoning; empty for the first turn.</param>
    SessionTurn? Next(int session, IReadOnlyList<string> answers);
}

/// <summary>One turn of a session.</summary>
/// <param name="Request">What is sent.</param>
/// <param name="Think">From the end of the last answer to this turn's scheduled time; of no effect on the first.</param>
public readonly record struct SessionTurn(LoadRequest Request, TimeSpan Think);
