using Assay.Load.Payloads;

namespace Assay.Load.Client;

/// <summary>One request to be sent.</summary>
/// <param name="Index">Its place in the run.</param>
/// <param name="Scheduled">When it is due.</param>
/// <param name="Request">The body.</param>
/// <param name="Conversation">The session it is a turn of; null for none.</param>
readonly record struct PlannedRequest(int Index, TimeSpan Scheduled, LoadRequest Request, Conversation? Conversation = null)
{
    /// <summary>Opens a connection and warms up the way to the server: a HEAD, which is in no result.</summary>
    public static PlannedRequest Opening { get; } = new(-1, TimeSpan.Zero, default);

    public bool IsOpening => Index < 0;
}
