using System.Collections.Immutable;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>
/// The numbers of a load run, stage <c>load</c>, slice <c>load: poisson 200/s</c>. Latencies are of good answers; what failed or was
/// never sent is <see cref="Estimate.Excluded"/> from them, and is not good in goodput.
/// </summary>
public static class LoadEstimates
{
    /// <summary>All estimates of a run.</summary>
    /// <param name="result">The run.</param>
    /// <param name="model">The model's name in the estimates.</param>
    public static ImmutableArray<Estimate> Compute(LoadResult result, string model)
    {
        ArgumentNullException.ThrowIfNull(result);
        var slice = new Dictionary<string, string> { ["load"] = result.Arrivals.Description };
        return
        [
            .. LatencyEstimates.Of(result).Concat(TokenEstimates.Of(result)).Concat(RateEstimates.Of(result)).Concat(Counts(result)).Concat(Costs(result))
                .Select(estimate => estimate with { Stage = "load", Model = model, Slice = slice }),
        ];
    }

    internal static Estimate Create(string metric, double? value, long n, string? unit = null, string? reason = null) =>
        new() { Metric = metric, Definition = metric, Value = value, N = n, Unit = unit, Reason = reason };

    static IEnumerable<Estimate> Counts(LoadResult result)
    {
        yield return Count("sent", result.Sent, result);
        yield return Count("ok", result.Ok, result);
        yield return Count("failed", result.Failed, result);
        foreach (var (outcome, count) in result.Outcomes.Where(pair => pair.Key != Outcome.Ok))
        {
            var reasons = result.Exchanges.Where(exchange => exchange.Outcome == outcome).CountBy(exchange => exchange.Reason!)
                .OrderByDescending(pair => pair.Value).Take(3).Select(pair => $"{pair.Key} ({pair.Value})");
            yield return Count(OutcomeName.Of(outcome), count, result) with { Reason = string.Join("; ", reasons) };
        }
    }

    static Estimate Count(string name, int count, LoadResult result) => Create(
        $"requests/{name}", count, result.Exchanges.Count, null,
        result.Cancelled && name == "sent" ? $"cancelled: {result.Planned - result.Exchanges.Count} of {result.Planned} planned requests were not come to" : "a count");

    static IEnumerable<Estimate> Costs(LoadResult result)
    {
        const string Unknown = "the server's process is not known, or not on this machine";
        const string Once = "one run is one observation";
        var perThousand = result.Ok == 0 ? null : 1000 * result.Usage?.CpuSeconds / result.Ok;
        yield return Create("cpu_seconds/per_1000", perThousand, result.Ok, "s", result.Usage is null ? Unknown : result.Ok == 0 ? "no good answer" : Once);
        yield return Create("memory/peak", result.Usage?.PeakMemoryBytes, result.Usage is null ? 0 : 1, "bytes", result.Usage is null ? Unknown : Once);
    }
}
