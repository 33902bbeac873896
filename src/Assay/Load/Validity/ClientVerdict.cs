using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Load.Validity;

/// <summary>Judges by what the client measured of itself whether it, not the server, was the limit.</summary>
public static class ClientVerdict
{
    // A thread that works nine tenths of the time has queues ten times as long as its work: by M/M/1, rho / (1 - rho).
    const double MostBusy = 0.9;

    // The collector stops all threads: beyond one part in twenty it shapes the tail by itself.
    const double MostPaused = 0.05;

    // A shorter run is mostly the compiling of the client's own code.
    static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    // What services are told apart by: a median wrong by more than 1 ms, or one time in a hundred by more than 20 ms, tells of the client.
    static readonly TimeSpan _latestMedian = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan _latestTail = TimeSpan.FromMilliseconds(20);

    /// <summary>The verdict with its reasons, and how far off the times may be.</summary>
    public static ClientHealth Judge(ClientMeasurements measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return new ClientHealth(measured, [.. Problems(measured)], Bounds(measured));
    }

    static IEnumerable<string> Problems(ClientMeasurements measured)
    {
        var late = measured.ReadLag.Quantile(0.99) is { } lag ? $": times may be late by {Text(lag)} or more" : "";
        var isLong = measured.Elapsed >= _shortest;
        var cores = isLong ? measured.Cpu / measured.Elapsed / measured.Cores : 0;
        if (isLong && measured.BusiestThread > MostBusy)
        {
            yield return $"a thread of the client was at work {Percent(measured.BusiestThread)} of the time{late}";
        }

        if (cores > MostBusy)
        {
            yield return $"the client used {Percent(cores)} of its {(measured.Cores == 1 ? "core" : $"{measured.Cores} cores")}{late}";
        }

        foreach (var problem in Late("answers were read", measured.ReadLag).Concat(Late("requests were sent", measured.SendLag)))
        {
            yield return problem;
        }

        if (isLong && measured.GarbagePause > MostPaused * measured.Elapsed)
        {
            yield return $"the client stood still for its garbage collector {Percent(measured.GarbagePause / measured.Elapsed)} of the time, {measured.Collections} times";
        }

        if (measured.NoSocket > 0)
        {
            yield return $"the client had no socket left for {measured.NoSocket} requests: raise the limit of open files (ulimit -n) or of ports";
        }

        if (measured.LostRecords > 0)
        {
            yield return $"the event log lacks {measured.LostRecords} requests, since its disk was too slow: what is recomputed from it is not right";
        }
    }

    static IEnumerable<string> Late(string what, DurationHistogram lag)
    {
        if (lag.Quantile(0.5) > _latestMedian)
        {
            yield return $"{what} late by the client: half of them by more than {Text(lag.Quantile(0.5)!.Value)}, expected at most {Text(_latestMedian)}";
        }
        else if (lag.Quantile(0.99) > _latestTail)
        {
            yield return $"{what} late by the client: one in a hundred by more than {Text(lag.Quantile(0.99)!.Value)}, expected at most {Text(_latestTail)}";
        }
    }

    static ImmutableSortedDictionary<string, TimeSpan> Bounds(ClientMeasurements measured)
    {
        if (measured.ReadLag.Quantile(0.99) is not { } read)
        {
            return ImmutableSortedDictionary<string, TimeSpan>.Empty;
        }

        // What counts from the schedule has the client's own delay in it.
        var fromSchedule = read + (measured.SendLag.Quantile(0.99) ?? TimeSpan.Zero);
        return new Dictionary<string, TimeSpan>
        {
            ["connect"] = read,
            ["first_byte"] = fromSchedule,
            ["first_event"] = fromSchedule,
            ["ttft"] = fromSchedule,
            ["latency"] = fromSchedule,
            ["service_time"] = read,
            ["gap"] = read,
            ["tpot"] = read,
            ["ntpot"] = fromSchedule,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");

    static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:G3} ms");
}
