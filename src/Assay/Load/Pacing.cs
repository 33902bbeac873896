namespace Assay.Load;

/// <summary>Waits for a time of the run.</summary>
static class Pacing
{
    // Sleep in steps, so that a cancellation is seen soon.
    static readonly TimeSpan _longestSleep = TimeSpan.FromMilliseconds(20);

    /// <summary>Sleeps to the time, or not at all when it is past; false when the run was stopped before it.</summary>
    public static bool WaitUntil(LoadRun run, TimeSpan at)
    {
        var began = run.Now;
        var now = began;
        for (; now < at && run.Stopped is null; now = run.Now)
        {
            PreciseSleep.For(at - now < _longestSleep ? at - now : _longestSleep);
        }

        run.Pacing.AddWait(now - began);
        return run.Stopped is null;
    }
}
