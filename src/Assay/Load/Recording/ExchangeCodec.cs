using System.Net;
using Assay.Load.Client;
using Assay.Models;

namespace Assay.Load.Recording;

/// <summary>
/// Exchanges of one block, each told by its difference from the one before. What follows from the events of a stream is not written. The layout is in
/// docs/load-log.md.
/// </summary>
sealed class ExchangeCodec
{
    [Flags]
    enum Has
    {
        None = 0,
        Reason = 1,
        Session = 2,
        Connect = 4,
        Tokens = 8,
        Input = 16,
        Cached = 32,
    }

    readonly Dictionary<string, int> _numbers = [];
    readonly List<string> _reasons = [];
    long _scheduled;
    int _index;

    /// <summary>Begins a block.</summary>
    public void Reset()
    {
        _numbers.Clear();
        _reasons.Clear();
        (_scheduled, _index) = (0, 0);
    }

    public void Write(PieceBuffer block, in Exchange exchange, ReadOnlySpan<StreamEvent> events)
    {
        var has = (exchange.Reason is null ? Has.None : Has.Reason) | (exchange.Session < 0 ? Has.None : Has.Session)
            | (exchange.Connect is null ? Has.None : Has.Connect) | (exchange.IsTokenCountReported ? Has.Tokens : Has.None)
            | (exchange.InputTokens is null ? Has.None : Has.Input) | (exchange.CachedTokens is null ? Has.None : Has.Cached);
        block.Number((ulong)has);
        block.Number((ulong)exchange.Outcome);
        block.Number((ulong)exchange.Status);
        block.Number(exchange.Scheduled.Ticks - _scheduled);
        block.Number((long)exchange.Index - _index);
        (_scheduled, _index) = (exchange.Scheduled.Ticks, exchange.Index);
        block.Time(exchange.Sent - exchange.Scheduled);
        block.Time(exchange.FirstByte - exchange.Sent);
        block.Time(exchange.End - exchange.Sent);
        WriteReason(block, exchange.Reason);
        if (exchange.Session >= 0)
        {
            block.Number((ulong)exchange.Session);
            block.Number((ulong)exchange.Turn);
        }

        Write(block, exchange.Connect?.Ticks);
        Write(block, exchange.IsTokenCountReported ? exchange.Tokens : null);
        Write(block, exchange.InputTokens);
        Write(block, exchange.CachedTokens);
        WriteEvents(block, exchange.Sent, events);
    }

    /// <param name="block">At a record.</param>
    /// <param name="events">Filled with its events.</param>
    public Exchange Read(ref LogCursor block, List<StreamEvent> events)
    {
        var has = (Has)block.Unsigned();
        var (outcome, status) = ((Outcome)block.Unsigned(), (HttpStatusCode)block.Unsigned());
        _scheduled += block.Signed();
        _index = checked((int)(_index + block.Signed()));
        var scheduled = TimeSpan.FromTicks(_scheduled);
        var sent = scheduled + block.Time();
        var (firstByte, end) = (sent + block.Time(), sent + block.Time());
        var reason = (has & Has.Reason) != 0 ? ReadReason(ref block) : null;
        var exchange = new Exchange(scheduled, sent, firstByte, end, outcome, status, reason)
        {
            Index = _index,
            Session = (has & Has.Session) != 0 ? checked((int)block.Unsigned()) : -1,
            Turn = (has & Has.Session) != 0 ? checked((int)block.Unsigned()) : 0,
            Connect = (has & Has.Connect) != 0 ? block.Time() : null,
        };
        var tokens = (has & Has.Tokens) != 0 ? block.Int() : -1;
        var input = (has & Has.Input) != 0 ? block.Int() : -1;
        var cached = (has & Has.Cached) != 0 ? block.Int() : -1;
        ReadEvents(ref block, sent, events);
        return EventTimes.Fill(exchange, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events), tokens, input, cached);
    }

    static void Write(PieceBuffer block, long? value)
    {
        if (value is { } there)
        {
            block.Number(there);
        }
    }

    static void WriteEvents(PieceBuffer block, TimeSpan sent, ReadOnlySpan<StreamEvent> events)
    {
        block.Number((ulong)events.Length);
        var last = sent;
        foreach (ref readonly var item in events)
        {
            block.Time(item.At - last);
            block.Number((ulong)item.Kinds);
            block.Number((ulong)item.Bytes);
            if ((item.Kinds & EventKinds.Usage) != 0)
            {
                block.Number(item.Tokens);
            }

            last = item.At;
        }
    }

    static void ReadEvents(ref LogCursor block, TimeSpan sent, List<StreamEvent> events)
    {
        events.Clear();
        for (var (left, last) = (block.Unsigned(), sent); left > 0; left--)
        {
            last += block.Time();
            var kinds = (EventKinds)block.Unsigned();
            var bytes = checked((int)block.Unsigned());
            events.Add(new StreamEvent(last, kinds, bytes, (kinds & EventKinds.Usage) != 0 ? block.Int() : -1));
        }
    }

    // The first time in a block a reason is told by its text, then by its number.
    void WriteReason(PieceBuffer block, string? reason)
    {
        if (reason is null)
        {
            return;
        }

        if (_numbers.TryGetValue(reason, out var number))
        {
            block.Number((ulong)number);
            return;
        }

        block.Number((ulong)_numbers.Count);
        block.Text(reason);
        _numbers.Add(reason, _numbers.Count);
    }

    string ReadReason(ref LogCursor block)
    {
        var number = checked((int)block.Unsigned());
        if (number == _reasons.Count)
        {
            _reasons.Add(block.Text());
        }

        return number < _reasons.Count ? _reasons[number] : throw new FormatException("a reason is not in the block");
    }
}
