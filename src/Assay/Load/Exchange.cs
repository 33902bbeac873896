using System.Net;
using Assay.Models;

namespace Assay.Load;

/// <summary>
/// One timed call. Times count from the start of the run; of a call never sent only <paramref name="Scheduled"/> means something. An event's time is
/// when the read returned that completed it.
/// </summary>
/// <param name="Scheduled">When it should have been sent; in a closed loop, when the worker was free.</param>
/// <param name="Sent">When it was handed to the connection, before that was opened where it had to be.</param>
/// <param name="FirstByte">When the first byte of the answer was there; <paramref name="End"/> when none came.</param>
/// <param name="End">When the whole answer was there, or the failure.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Status">0 when no answer came.</param>
/// <param name="Reason">Why it is not ok.</param>
public readonly record struct Exchange(
    TimeSpan Scheduled, TimeSpan Sent, TimeSpan FirstByte, TimeSpan End, Outcome Outcome, HttpStatusCode Status, string? Reason)
{
    /// <summary>Its place in the schedule, or in the order of sending of a closed loop and of sessions; from 0.</summary>
    public int Index { get; init; }

    /// <summary>The session it is a turn of; -1 for none.</summary>
    public int Session { get; init; } = -1;

    /// <summary>Its place in its session, from 0.</summary>
    public int Turn { get; init; }

    /// <summary>How long opening its connection took, with TLS; null when it went over one that was open.</summary>
    public TimeSpan? Connect { get; init; }

    /// <summary>Of a stream: when the first event was there, whatever it held; null without one.</summary>
    public TimeSpan? FirstEvent { get; init; }

    /// <summary>Of a stream: when the first event with text of the answer, of reasoning or of a tool call was there; null without one.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>Of a stream: when the last event with such text was there; null without one.</summary>
    public TimeSpan? LastToken { get; init; }

    /// <summary>Of a stream: the longest time between two such events in a row; zero with fewer than two.</summary>
    public TimeSpan LongestGap { get; init; }

    /// <summary>Of a stream: events with such text. One event may hold several tokens, or none that counts.</summary>
    public int Events { get; init; }

    /// <summary>Tokens of the answer as the service counts them, else <see cref="Events"/>.</summary>
    public int Tokens { get; init; }

    /// <summary>The service itself counted the tokens.</summary>
    public bool IsTokenCountReported { get; init; }

    /// <summary>Tokens of the request as the service counts them; null where it does not tell.</summary>
    public int? InputTokens { get; init; }

    /// <summary>How many of those the service had in its cache; null where it does not tell.</summary>
    public int? CachedTokens { get; init; }

    /// <summary>From the scheduled time: what a user waits, also when the client or the server was late for it (no coordinated omission).</summary>
    public TimeSpan Latency => End - Scheduled;

    /// <summary>From sending.</summary>
    public TimeSpan ServiceTime => End - Sent;

    /// <summary>How late it was sent: the client's own share.</summary>
    public TimeSpan ScheduleDelay => Sent - Scheduled;
}
