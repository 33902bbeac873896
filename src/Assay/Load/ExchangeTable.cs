using System.Collections;
using System.Net;
using Assay.Models;

namespace Assay.Load;

/// <summary>
/// Exchanges in columns, some 55 bytes each where a stream was timed, so that an hour at 1,000 per second is 200 MB. Appending is thread-safe; reading
/// is when nobody appends any more.
/// </summary>
public sealed class ExchangeTable : IReadOnlyList<Exchange>
{
    readonly Lock _lock = new();
    readonly Column<long> _scheduled = new();
    readonly Column<int> _index = new(), _session = new(), _turn = new(), _events = new(), _tokens = new(), _input = new(), _cached = new();
    readonly DurationColumn _sent = new(), _firstByte = new(), _end = new(), _connect = new(), _firstEvent = new(), _firstToken = new(), _lastToken = new(), _gap = new();
    readonly Column<ushort> _status = new(), _reason = new();
    readonly Column<byte> _outcome = new();
    readonly List<string?> _reasons = [null];
    readonly Dictionary<string, ushort> _reasonNumbers = [];
    int[]? _order;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>By the order of <see cref="Sort"/>, else of appending.</summary>
    public Exchange this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return Read(_order is null ? index : _order[index]);
        }
    }

    /// <summary>Takes one more; thread-safe.</summary>
    public void Append(in Exchange exchange)
    {
        lock (_lock)
        {
            Write(Count, exchange);
            Count++;
        }
    }

    /// <summary>From now on the exchanges are read by their scheduled time, those of one time by their index.</summary>
    public void Sort()
    {
        var (keys, order) = (new long[Count], new int[Count]);
        for (var row = 0; row < order.Length; row++)
        {
            (keys[row], order[row]) = (_scheduled[row], row);
        }

        Array.Sort(keys, order);
        for (int first = 0, end; first < keys.Length; first = end)
        {
            for (end = first + 1; end < keys.Length && keys[end] == keys[first]; end++)
            {
            }

            order.AsSpan(first, end - first).Sort((left, right) => _index[left].CompareTo(_index[right]));
        }

        _order = order;
    }

    /// <inheritdoc/>
    public IEnumerator<Exchange> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Write(int row, in Exchange exchange)
    {
        _scheduled[row] = exchange.Scheduled.Ticks;
        _sent[row] = exchange.Sent - exchange.Scheduled;
        _firstByte[row] = exchange.FirstByte - exchange.Sent;
        _end[row] = exchange.End - exchange.Sent;
        _connect[row] = exchange.Connect;
        _firstEvent[row] = exchange.FirstEvent - exchange.Sent;
        _firstToken[row] = exchange.FirstToken - exchange.Sent;
        _lastToken[row] = exchange.LastToken - exchange.Sent;
        _gap[row] = exchange.LongestGap == TimeSpan.Zero ? null : exchange.LongestGap;
        _index[row] = exchange.Index;
        _session[row] = exchange.Session + 1;
        _turn[row] = exchange.Turn;
        _events[row] = exchange.Events;
        _tokens[row] = exchange.IsTokenCountReported ? ~exchange.Tokens : exchange.Tokens;
        _input[row] = (exchange.InputTokens + 1) ?? 0;
        _cached[row] = (exchange.CachedTokens + 1) ?? 0;
        _status[row] = (ushort)exchange.Status;
        _outcome[row] = (byte)exchange.Outcome;
        _reason[row] = Number(exchange.Reason);
    }

    Exchange Read(int row)
    {
        var scheduled = TimeSpan.FromTicks(_scheduled[row]);
        var sent = scheduled + _sent[row]!.Value;
        var tokens = _tokens[row];
        return new Exchange(
            scheduled, sent, sent + _firstByte[row]!.Value, sent + _end[row]!.Value, (Outcome)_outcome[row], (HttpStatusCode)_status[row], _reasons[_reason[row]])
        {
            Index = _index[row],
            Session = _session[row] - 1,
            Turn = _turn[row],
            Connect = _connect[row],
            FirstEvent = sent + _firstEvent[row],
            FirstToken = sent + _firstToken[row],
            LastToken = sent + _lastToken[row],
            LongestGap = _gap[row] ?? TimeSpan.Zero,
            Events = _events[row],
            Tokens = tokens < 0 ? ~tokens : tokens,
            IsTokenCountReported = tokens < 0,
            InputTokens = _input[row] == 0 ? null : _input[row] - 1,
            CachedTokens = _cached[row] == 0 ? null : _cached[row] - 1,
        };
    }

    // Reasons are few: they repeat. Should a service make up ever new ones, the rest are told as one.
    ushort Number(string? reason)
    {
        if (reason is null)
        {
            return 0;
        }

        if (_reasons.Count >= ushort.MaxValue)
        {
            reason = "other reasons";
        }

        if (!_reasonNumbers.TryGetValue(reason, out var number))
        {
            number = (ushort)_reasons.Count;
            _reasonNumbers.Add(reason, number);
            _reasons.Add(reason);
        }

        return number;
    }
}
