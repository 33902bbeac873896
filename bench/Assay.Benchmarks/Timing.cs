namespace Assay.Benchmarks;

/// <summary>Seconds of several repetitions after one that is not counted, the last result, and the memory that the first one added.</summary>
public sealed record Timing(double Median, double Min, double Max, double AddedMiB, object? Result)
{
    /// <summary>Runs the work.</summary>
    public static Timing Of(Func<object?> work, int repetitions, TimeProvider time)
    {
        GC.Collect();
        var before = PeakMiB();
        var result = work();
        var added = PeakMiB() - before;
        var seconds = new double[repetitions];
        for (var i = 0; i < repetitions; i++)
        {
            GC.Collect();
            var start = time.GetTimestamp();
            result = work();
            seconds[i] = time.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return new Timing(seconds[repetitions / 2], seconds[0], seconds[^1], added, result);
    }

    // Of the whole process: Program gives each benchmark one of its own.
    static double PeakMiB()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Refresh();
        return self.PeakWorkingSet64 / 1048576.0;
    }
}
