using System.Collections.Immutable;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>
/// The numbers of a load run, stage <c>load</c>, slice <c>load: poisson 200/s</c>. Times are of good answers; what failed or was
/// never sent is <see cref="Estimate.Excluded"/> from them, and is not good in goodput. Times, rates and shares are of the measured window, without
/// warm-up and cool-down; counts are of the whole run. Definitions: docs/load.md.
/// </summary>
public static class LoadEstimates
{
    const int MostReasons = 3;

    /// <summary>All estimates of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="model">The model's name in the estimates.</param>
    public static ImmutableArray<Estimate> Compute(LoadResult result, string model)
    {
        ArgumentNullException.ThrowIfNull(result);
        var slice = new Dictionary<string, string> { ["load"] = result.Arrivals.Description };
        return
        [
            .. new LatencyEstimates(result).All().Concat(GapEstimates.Of(result)).Concat(RateEstimates.Of(result)).Concat(SessionEstimates.Of(result)).Concat(Counts(result)).Concat(Costs(result))
                .Select(estimate => estimate with { Stage = "load", Model = model, Slice = slice }),
        ];
    }

    internal static Estimate Create(string metric, double? value, long n, string? unit = null, string? reason = null) =>
        new() { Metric = metric, Definition = metric, Value = value, N = n, Unit = unit, Reason = reason };

    static IEnumerable<Estimate> Counts(LoadResult result)
    {
        var ends = new Dictionary<(Outcome Outcome, string? Reason), int>();
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            ends[(exchange.Outcome, exchange.Reason)] = 1 + ends.GetValueOrDefault((exchange.Outcome, exchange.Reason));
        }

        var (ok, never) = (Of(ends, Outcome.Ok), Of(ends, Outcome.NeverSent));
        var sent = result.Exchanges.Count - never;
        yield return Count("sent", sent, result);
        yield return Count("ok", ok, result);
        yield return Count("failed", sent - ok, result);
        foreach (var outcome in ends.Keys.Select(end => end.Outcome).Distinct().Where(outcome => outcome != Outcome.Ok).Order())
        {
            var reasons = ends.Where(end => end.Key.Outcome == outcome).OrderByDescending(end => end.Value).Take(MostReasons).Select(end => $"{end.Key.Reason} ({end.Value})");
            yield return Count(OutcomeName.Of(outcome), Of(ends, outcome), result) with { Reason = string.Join("; ", reasons) };
        }
    }

    static int Of(Dictionary<(Outcome Outcome, string? Reason), int> ends, Outcome outcome) => ends.Where(end => end.Key.Outcome == outcome).Sum(end => end.Value);

    static Estimate Count(string name, int count, LoadResult result) => Create(
        $"requests/{name}", count, result.Exchanges.Count, null,
        result.Cancelled && name == "sent" ? $"cancelled: {result.Planned - result.Exchanges.Count} of {result.Planned} planned requests were not come to" : "a count");

    static IEnumerable<Estimate> Costs(LoadResult result)
    {
        const string Unknown = "the server's process is not known, or not on this machine";
        const string Once = "one run is one observation";
        var ok = result.Ok;
        var perThousand = ok == 0 ? null : 1000 * result.Usage?.CpuSeconds / ok;
        yield return Create("cpu_seconds/per_1000", perThousand, ok, "s", result.Usage is null ? Unknown : ok == 0 ? "no good answer" : Once);
        yield return Create("memory/peak", result.Usage?.PeakMemoryBytes, result.Usage is null ? 0 : 1, "bytes", result.Usage is null ? Unknown : Once);
    }
}
