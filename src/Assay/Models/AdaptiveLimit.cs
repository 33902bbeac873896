namespace Assay.Models;

/// <summary>
/// How many requests may be under way: one more after each round of successes, half of it when the service is overloaded (additive increase,
/// multiplicative decrease: Chiu and Jain, 1989). A round whose mean latency is over three times that of the fastest round adds none: more requests would
/// only wait in the service's queue. Thread-safe; who waits is let in by order of arrival.
/// </summary>
/// <param name="start">Requests at the beginning, from 1.</param>
/// <param name="most">It never grows beyond.</param>
public sealed class AdaptiveLimit(int start, int most)
{
    // Batches slow each answer down and are faster all the same; a queue has no end.
    const double MostSlower = 3;

    readonly Lock _gate = new();
    readonly LinkedList<TaskCompletionSource<long>> _waiting = [];
    int _active;
    int _succeeded;
    TimeSpan _latencies;
    TimeSpan _fastest = TimeSpan.MaxValue;

    // Raised at each halving: what was sent before it tells of the load before it.
    long _round;

    /// <summary>Of now.</summary>
    public int Limit { get; private set; } = start;

    /// <summary>Ends when the request may be sent; gives what <see cref="Leave"/> wants.</summary>
    public async ValueTask<long> EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<long>> place;
        lock (_gate)
        {
            if (_active < Limit)
            {
                _active++;
                return _round;
            }

            place = _waiting.AddLast(new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using var cancelled = cancellationToken.UnsafeRegister(_ => GiveUp(place, cancellationToken), null);
        return await place.Value.Task.ConfigureAwait(false);
    }

    /// <summary>Each entry leaves once.</summary>
    /// <param name="round">Of the entry.</param>
    /// <param name="overloaded">True of an overload, false of a success, null of what says nothing.</param>
    /// <param name="latency">Of a success; zero where it is not measured.</param>
    public void Leave(long round, bool? overloaded, TimeSpan latency = default)
    {
        lock (_gate)
        {
            _active--;
            if (overloaded == true && round == _round)
            {
                (Limit, _succeeded, _latencies, _round) = (Math.Max(1, Limit / 2), 0, TimeSpan.Zero, _round + 1);
            }
            else if (overloaded == false)
            {
                _latencies += latency;
                EndRound();
            }

            while (_active < Limit && _waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                _active++;
                next.Value.SetResult(_round);
            }
        }
    }

    void EndRound()
    {
        if (++_succeeded < Limit)
        {
            return;
        }

        var mean = _latencies / _succeeded;
        _fastest = mean < _fastest ? mean : _fastest;
        (Limit, _succeeded, _latencies) = (mean <= _fastest * MostSlower ? Math.Min(most, Limit + 1) : Limit, 0, TimeSpan.Zero);
    }

    void GiveUp(LinkedListNode<TaskCompletionSource<long>> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.SetCanceled(cancellationToken);
            }
        }
    }
}
