using Assay.Load.Client;

namespace Assay.Load;

/// <summary>What follows from the events of a stream; the same when it is measured and when it is read from a log.</summary>
static class EventTimes
{
    /// <param name="exchange">Without what is filled in.</param>
    /// <param name="events">In the order in which they came.</param>
    /// <param name="tokens">Of the answer as the service counts them; -1 where it does not, as the two others.</param>
    /// <param name="input">Of the request.</param>
    /// <param name="cached">Of those, the cached ones.</param>
    public static Exchange Fill(in Exchange exchange, ReadOnlySpan<StreamEvent> events, int tokens, int input, int cached)
    {
        TimeSpan? first = null, last = null;
        var (longest, count) = (TimeSpan.Zero, 0);
        foreach (ref readonly var item in events)
        {
            if (item.HasText)
            {
                longest = item.At - last is { } gap && gap > longest ? gap : longest;
                (first, last, count) = (first ?? item.At, item.At, count + 1);
            }
        }

        return exchange with
        {
            FirstEvent = events.IsEmpty ? null : events[0].At,
            FirstToken = first,
            LastToken = last,
            LongestGap = longest,
            Events = count,
            Tokens = tokens >= 0 ? tokens : count,
            IsTokenCountReported = tokens >= 0,
            InputTokens = input >= 0 ? input : null,
            CachedTokens = cached >= 0 ? cached : null,
        };
    }

    /// <summary>Counts the times between events with text in a row.</summary>
    public static void AddGaps(ReadOnlySpan<StreamEvent> events, DurationHistogram gaps)
    {
        TimeSpan? last = null;
        foreach (ref readonly var item in events)
        {
            if (item.HasText)
            {
                if (last is { } before)
                {
                    gaps.Add(item.At - before);
                }

                last = item.At;
            }
        }
    }
}
