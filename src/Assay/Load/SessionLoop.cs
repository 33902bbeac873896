using Assay.Load.Client;
using Assay.Load.Payloads;
using Assay.Models;

namespace Assay.Load;

/// <summary>
/// Sessions of several turns. Open: they begin by the schedule, however many are going. Closed: as many go at a time as asked, and the next begins when one
/// is over. A turn is scheduled at the end of the last answer and its thinking.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="starts">When sessions begin; null for a closed loop.</param>
/// <param name="atATime">Sessions of a closed loop.</param>
/// <param name="options">When no more begin.</param>
sealed class SessionLoop(LoadRun run, IReadOnlyList<TimeSpan>? starts, int atATime, LoadOptions options) : ILoadLoop
{
    // Turns come due at any time: the thread that sends looks that often.
    static readonly TimeSpan _step = TimeSpan.FromMilliseconds(0.5);

    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ISessionPayloads _payloads = run.Target.Sessions!;
    readonly PriorityQueue<(Conversation Session, LoadRequest Request), TimeSpan> _due = new();
    readonly Lock _lock = new();
    readonly int _every = options.Shard?.Count ?? 1;
    int _begun, _going, _index = (options.Shard?.Index ?? 0) - (options.Shard?.Count ?? 1);

    public Task RunAsync()
    {
        new Thread(Pace) { IsBackground = true, Name = "load sessions", Priority = ThreadPriority.AboveNormal }.Start();
        return _ended.Task;
    }

    public void OnEnded(in EndedRequest ended)
    {
        var session = ended.Planned.Conversation!;
        session.Answer(ended.Text);
        var next = ended.Exchange.Outcome == Outcome.Ok ? Next(session) : null;
        lock (_lock)
        {
            if (next is { } turn && !(ended.Exchange.End + turn.Think >= options.Duration))
            {
                _due.Enqueue((session, turn.Request), ended.Exchange.End + turn.Think);
            }
            else
            {
                _going--;
            }
        }
    }

    SessionTurn? Next(Conversation session)
    {
        try
        {
            return _payloads.Next(session.Number, session.Answers);
        }
        catch (Exception exception)
        {
            // Of the payloads: the thread must not take the process with it.
            _ended.TrySetException(exception);
            return null;
        }
    }

    void Pace()
    {
        PreciseSleep.PrepareThread();
        while (!_ended.Task.IsCompleted)
        {
            BeginSessions();
            while (run.Stopped is null && TakeDue() is var (session, request, at))
            {
                _index += _every;
                run.Send(new PlannedRequest(_index, at, request, session));
            }

            lock (_lock)
            {
                // A session that waits for its turn when the run is stopped is not going on.
                if (run.Stopped is not null ? _going == _due.Count : _going == 0 && !MayBegin())
                {
                    break;
                }
            }

            var slept = run.Now;
            PreciseSleep.For(_step);
            run.Pacing.AddWait(run.Now - slept);
        }

        _ended.TrySetResult();
    }

    void BeginSessions()
    {
        for (var now = run.Now; now >= TimeSpan.Zero && run.Stopped is null && MayBegin(); now = run.Now)
        {
            var number = (options.Shard?.Index ?? 0) + (_begun * _every);
            var at = starts is null ? now : starts[number];
            if (at > now || (starts is null && Volatile.Read(ref _going) >= atATime))
            {
                return;
            }

            _begun++;
            var session = new Conversation(number);
            if (Next(session) is { } first)
            {
                lock (_lock)
                {
                    _going++;
                    _due.Enqueue((session, first.Request), at);
                }
            }
        }
    }

    bool MayBegin()
    {
        var number = (options.Shard?.Index ?? 0) + (_begun * (long)_every);
        return starts is null ? !(number >= options.Requests) && !(run.Now >= options.Duration) : number < starts.Count;
    }

    (Conversation Session, LoadRequest Request, TimeSpan At)? TakeDue()
    {
        lock (_lock)
        {
            if (!_due.TryPeek(out var next, out var at) || at > run.Now)
            {
                return null;
            }

            _due.Dequeue();
            return (next.Session, next.Request, at);
        }
    }
}
