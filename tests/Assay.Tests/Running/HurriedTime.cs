namespace Assay.Tests.Running;

/// <summary>A clock whose waits are over at once: it goes on by as much as was to be waited. What waits a minute or more is a deadline, and never comes.</summary>
sealed class HurriedTime : TimeProvider
{
    static readonly TimeSpan _deadline = TimeSpan.FromMinutes(1);
    long _now;

    public TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime < _deadline)
        {
            var due = Now + dueTime;
            ThreadPool.QueueUserWorkItem(_ =>
            {
                // Never back: another wait may have been longer.
                for (var now = _now; now < due.Ticks && Interlocked.CompareExchange(ref _now, due.Ticks, now) != now; now = _now)
                {
                }

                callback(state);
            });
        }

        return new Nothing();
    }

    sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
