using System.Net;
using Assay.Models;

namespace Assay.Load;

/// <summary>One timed call. Times count from the start of the run; of a call never sent only <paramref name="Scheduled"/> means something.</summary>
/// <param name="Scheduled">When it should have been sent; in a closed loop, when the worker was free.</param>
/// <param name="Sent">When it was handed to the connection.</param>
/// <param name="FirstByte">When the head of the answer was there; <paramref name="End"/> when none came.</param>
/// <param name="End">When the whole answer was there, or the failure.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">0 when no answer came.</param>
/// <param name="Reason">Why it is not ok.</param>
public readonly record struct Exchange(
    TimeSpan Scheduled, TimeSpan Sent, TimeSpan FirstByte, TimeSpan End, Outcome Outcome, HttpStatusCode Status, string? Reason)
{
    /// <summary>From the scheduled time: what a user waits, also when the client or the server was late for it (no coordinated omission).</summary>
    public TimeSpan Latency => End - Scheduled;

    /// <summary>From sending.</summary>
    public TimeSpan ServiceTime => End - Sent;

    /// <summary>Of a stream: when the first token was there; null without one.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>Of a stream: when the last token was there; null without one.</summary>
    public TimeSpan? LastToken { get; init; }

    /// <summary>Of a stream: its tokens as the service counts them, else the events that brought text.</summary>
    public int Tokens { get; init; }

    /// <summary>How late it was sent: the client's own share.</summary>
    public TimeSpan ScheduleDelay => Sent - Scheduled;
}
