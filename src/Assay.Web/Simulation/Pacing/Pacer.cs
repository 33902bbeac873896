using System.Collections.Concurrent;
using Assay.Web.Simulation.Batching;
using Assay.Web.Simulation.Replies;
using Assay.Web.Simulation.Truths;

namespace Assay.Web.Simulation.Pacing;

/// <summary>
/// One thread that asks the engine what is due, sleeps until then by absolute times, and writes it to the sockets itself: no queue stands
/// between a token's time and its bytes. What is due together of one answer is one write.
/// </summary>
sealed class Pacer : IDisposable
{
    const long LongestSleep = 50_000_000;
    const long RetryAfter = 500_000;

    readonly ITokenEngine _engine;
    readonly MonotonicClock _clock;
    readonly TruthLog _log;
    readonly int _chunkTokens;
    readonly WakeableSleep _sleep = new();
    readonly ConcurrentQueue<(Answer Answer, Arrival? Arrival)> _inbox = new();
    readonly Dictionary<long, Answer> _answers = [];
    readonly List<TokenEvent> _due = [];
    readonly List<Answer> _touched = [];
    readonly List<Answer> _blocked = [];
    readonly PriorityQueue<Answer, long> _held = new();
    readonly Thread _thread;
    volatile bool _isStopping;
    volatile EngineCounts _counts = new();
    long _sleepsUntil;

    public Pacer(ITokenEngine engine, MonotonicClock clock, TruthLog log, int chunkTokens)
    {
        (_engine, _clock, _log, _chunkTokens) = (engine, clock, log, chunkTokens);
        _thread = new Thread(Run) { IsBackground = true, Name = "simulator pacer", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>As of the last step.</summary>
    public EngineCounts Counts => _counts;

    /// <summary>Hands an answer over; its connection is told when all is written.</summary>
    public void Submit(Answer answer, in Arrival arrival)
    {
        _inbox.Enqueue((answer, arrival));
        Wake();
    }

    /// <summary>The client has gone. Without effect on an answer that has ended.</summary>
    public void Abort(Answer answer)
    {
        _inbox.Enqueue((answer, null));
        Wake();
    }

    public void Dispose()
    {
        _isStopping = true;
        _sleep.Wake();
        _thread.Join();
        _sleep.Dispose();
    }

    // Only a sleeper needs a call of the system.
    void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _sleepsUntil) != 0)
        {
            _sleep.Wake();
        }
    }

    void Run()
    {
        WakeableSleep.PrepareThread();
        while (!_isStopping)
        {
            TakeIn();
            var now = _clock.Now;
            _engine.Advance(now, _due);
            foreach (var made in _due)
            {
                Take(made);
            }

            _due.Clear();
            Release(now);
            WriteTouched();
            _counts = _engine.Counts;
            Sleep();
        }

        foreach (var answer in _answers.Values.ToList())
        {
            answer.Outcome = "aborted";
            End(answer);
        }
    }

    void TakeIn()
    {
        while (_inbox.TryDequeue(out var item))
        {
            var (answer, arrival) = item;
            if (arrival is { } added)
            {
                _answers.Add(answer.Number, answer);
                if (!_engine.Add(added))
                {
                    answer.Outcome = "refused";
                    End(answer);
                }
            }
            else if (_answers.ContainsKey(answer.Number))
            {
                answer.Outcome = answer.IsHeld ? answer.Fault!.Name : "aborted";
                _engine.Cancel(answer.Number);
                End(answer);
            }
        }
    }

    void Take(in TokenEvent made)
    {
        if (!_answers.TryGetValue(made.Id, out var answer) || answer.IsDone)
        {
            return;
        }

        if (answer.FirstDue == Answer.Never)
        {
            (answer.FirstDue, answer.CachedTokens) = (made.At, made.CachedTokens);
        }

        answer.Pending += made.Count;
        answer.LastDue = made.At;
        answer.IsMade |= made.IsLast;
        Render(answer);
    }

    void Render(Answer answer)
    {
        var wasHeld = answer.IsHeld;
        answer.Unwritten += Delivery.Render(answer, _chunkTokens);
        if (answer.IsHeld && !wasHeld && Delivery.Hold(answer) is { } time)
        {
            _held.Enqueue(answer, answer.LastDue + (time.Ticks * 100));
        }

        // What is not whole yet when it breaks is given up by the engine too.
        if (answer.IsDone && !answer.IsMade)
        {
            _engine.Cancel(answer.Number);
        }

        if (!answer.IsTouched)
        {
            answer.IsTouched = true;
            _touched.Add(answer);
        }
    }

    void Release(long now)
    {
        while (_held.TryPeek(out var answer, out var until) && until <= now)
        {
            _held.Dequeue();
            answer.IsHeld = false;
            answer.IsLate = true;
            if (_answers.ContainsKey(answer.Number))
            {
                Render(answer);
            }
        }
    }

    void WriteTouched()
    {
        // Those that a full socket held up come first.
        _touched.AddRange(_blocked);
        _blocked.Clear();
        foreach (var answer in _touched)
        {
            answer.IsTouched = false;
            if (_answers.ContainsKey(answer.Number))
            {
                Write(answer);
            }
        }

        _touched.Clear();
    }

    void Write(Answer answer)
    {
        if (answer.Output.Length > 0 && !answer.Connection.TrySend())
        {
            answer.Outcome = "aborted";
            _engine.Cancel(answer.Number);
            End(answer);
            return;
        }

        if (answer.Unwritten > 0)
        {
            var written = _clock.Now;
            _log.Wrote(answer, answer.Unwritten, written, answer.IsLate ? null : written - answer.LastDue);
            answer.FirstWritten = answer.FirstWritten == Answer.Never ? written : answer.FirstWritten;
            (answer.LastWritten, answer.Unwritten) = (written, 0);
        }

        if (answer.Output.Length > 0)
        {
            answer.IsTouched = true;
            _blocked.Add(answer);
        }
        else if (answer.IsDone)
        {
            End(answer);
        }
    }

    void End(Answer answer)
    {
        if (_answers.Remove(answer.Number))
        {
            _log.Ended(answer);
            answer.Connection.Answered(answer);
        }
    }

    void Sleep()
    {
        var until = Math.Min(_engine.NextDue, _held.TryPeek(out _, out var release) ? release : long.MaxValue);
        if (_blocked.Count > 0)
        {
            until = Math.Min(until, _clock.Now + RetryAfter);
        }

        // Whoever hands something in after this line wakes the thread; what came before it is in the inbox.
        Interlocked.Exchange(ref _sleepsUntil, until);
        if (_inbox.IsEmpty && !_isStopping && until - _clock.Now is var left and > 0)
        {
            _sleep.Wait(Math.Min(left, LongestSleep));
        }

        Volatile.Write(ref _sleepsUntil, 0);
    }
}
