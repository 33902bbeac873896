using System.Collections.Immutable;
using Assay.Load;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Tests.Load;

public class LoadEstimatesTests
{
    [Fact]
    public void Latency_is_from_the_schedule_service_time_from_sending()
    {
        // Every request is sent 10 ms late and takes 1, 2, ... 400 ms.
        var estimates = Compute(Run([.. Enumerable.Range(1, 400).Select(i => Ok(i, 10, i))]));
        Assert.Equal(0.2105, estimates["latency/p50"].Value!.Value, 1e-9);
        Assert.Equal(0.2005, estimates["service_time/p50"].Value!.Value, 1e-9);
        Assert.Equal(0.010, estimates["schedule_delay/p99"].Value!.Value, 1e-9);
        Assert.Equal(0.2105, estimates["latency/mean"].Value!.Value, 1e-9);

        // Type 7: position 0.99 * 399 = 395.01 in 0.001..0.400, as numpy.percentile gives.
        Assert.Equal(0.39601, estimates["service_time/p99"].Value!.Value, 1e-9);
        Assert.All(estimates.Values.Where(estimate => estimate.Unit == "s" && estimate.Value is not null), estimate => Assert.Equal(400, estimate.N));
        Assert.True(estimates["latency/p99"].Low < estimates["latency/p99"].Value && estimates["latency/p99"].Value <= estimates["latency/p99"].High);
        Assert.Equal("batch-means", estimates["latency/mean"].Method);
    }

    [Fact]
    public void A_p99_of_40_answers_is_not_printed()
    {
        var estimates = Compute(Run([.. Enumerable.Range(1, 40).Select(i => Ok(i, 0, 5))]));
        Assert.Null(estimates["latency/p99"].Value);

        // 0.99^n <= 0.025 from n = 368.
        Assert.Equal("needs 328 more", estimates["latency/p99"].Reason);
        Assert.NotNull(estimates["latency/p50"].Value);
        Assert.Equal("an interval needs 60 more", estimates["latency/mean"].Reason);
    }

    [Fact]
    public void Goodput_counts_what_is_ok_and_in_time_and_a_request_never_sent_is_not_good()
    {
        Exchange[] exchanges =
        [
            .. Enumerable.Range(0, 80).Select(i => Ok(i, 0, 50)),
            .. Enumerable.Range(80, 10).Select(i => Ok(i, 1, 50)),
            .. Enumerable.Range(90, 6).Select(i => Failed(i, Outcome.Timeout)),
            .. Enumerable.Range(96, 4).Select(i => Failed(i, Outcome.NeverSent)),
        ];
        var estimates = Compute(Run(exchanges) with { Slo = Slo(("latency_p99", 50)) });
        Assert.Equal((0.8, 100L), (estimates["goodput/share"].Value, estimates["goodput/share"].N));

        // Wilson's interval of 80 of 100: statsmodels proportion_confint(80, 100, method="wilson") = 0.711171, 0.866633.
        Assert.Equal(0.711171, estimates["goodput/share"].Low!.Value, 1e-6);
        Assert.Equal(0.866633, estimates["goodput/share"].High!.Value, 1e-6);

        // 100 requests in a window of 2 s: all of the shares times 50 per second.
        Assert.Equal((40, "1/s"), (estimates["goodput"].Value, estimates["goodput"].Unit));
        Assert.Equal(50 * 0.711171, estimates["goodput"].Low!.Value, 1e-4);
        Assert.Equal(45, estimates["request_rate"].Value);
        Assert.Equal((6 / 96.0, 96L, 4L), (estimates["error_rate"].Value, estimates["error_rate"].N, estimates["error_rate"].Excluded));
        Assert.Equal((96, 90, 6), (estimates["requests/sent"].Value, estimates["requests/ok"].Value, estimates["requests/failed"].Value));
        Assert.Equal((6, 4), (estimates["requests/timeout"].Value, estimates["requests/never_sent"].Value));
        Assert.Equal("because (6)", estimates["requests/timeout"].Reason);
        Assert.Equal(10, estimates["latency/p50"].Excluded);
    }

    [Fact]
    public void The_highest_percentile_of_the_targets_bounds_a_good_request()
    {
        var run = Run([Ok(0, 0, 50), Ok(1, 0, 51), Ok(2, 0, 20)]) with { Slo = Slo(("latency_p9", 1), ("latency_p50", 20), ("latency_p99.9", 50)) };
        Assert.Equal(2 / 3.0, Compute(run)["goodput/share"].Value);
    }

    [Fact]
    public void Answers_after_the_window_count_as_ok_but_not_in_the_rates()
    {
        var estimates = Compute(Run([Ok(0, 0, 10), Ok(1, 0, 5_000)]));
        Assert.Equal((2, 0.5, 0.5), (estimates["requests/ok"].Value, estimates["request_rate"].Value, estimates["goodput"].Value));
    }

    [Fact]
    public void The_rate_of_poisson_arrivals_has_garwoods_interval()
    {
        var rate = Compute(Run([.. Enumerable.Range(0, 10).Select(i => Ok(i, 0, 1))]) with { Arrivals = new PoissonArrivals(5) })["request_rate"];

        // 10 events: 4.795389 to 18.390356 (scipy.stats.chi2.ppf(.025, 20) / 2, chi2.ppf(.975, 22) / 2), in 2 s.
        Assert.Equal(4.795389 / 2, rate.Low!.Value, 1e-6);
        Assert.Equal(18.390356 / 2, rate.High!.Value, 1e-6);
        Assert.Equal("poisson 5/s", rate.Slice!["load"]);
    }

    [Fact]
    public void A_run_without_answers_has_reasons_instead_of_numbers()
    {
        var estimates = Compute(Run([]) with { Window = TimeSpan.Zero, Cancelled = true });
        Assert.All(
            estimates.Values.Where(estimate => !estimate.Metric.StartsWith("requests/", StringComparison.Ordinal)),
            estimate => Assert.True(estimate.Value is null && estimate.Reason is not null, estimate.Metric));
        Assert.Equal(0, estimates["requests/sent"].Value);
    }

    [Fact]
    public void Costs_are_per_thousand_good_answers()
    {
        var run = Run([.. Enumerable.Range(0, 20).Select(i => Ok(i, 0, 1)), Failed(20, Outcome.Error)]);
        var estimates = Compute(run with { Usage = new ResourceUsage(0.5, 123_456) });
        Assert.Equal((25, "s"), (estimates["cpu_seconds/per_1000"].Value, estimates["cpu_seconds/per_1000"].Unit));
        Assert.Equal((123_456, "bytes"), (estimates["memory/peak"].Value, estimates["memory/peak"].Unit));
        Assert.Null(Compute(run)["memory/peak"].Value);
    }

    [Fact]
    public void Every_estimate_names_stage_model_and_slice_and_has_an_interval_or_a_reason()
    {
        foreach (var estimate in Compute(Run([.. Enumerable.Range(0, 400).Select(i => Ok(i, 0, i % 9))])).Values)
        {
            Assert.Equal(("load", "m", "closed 4"), (estimate.Stage, estimate.Model, estimate.Slice!["load"]));
            Assert.True((estimate.Low <= estimate.Value && estimate.Value <= estimate.High) || estimate.Reason is not null, estimate.Metric);
        }
    }

    [Fact]
    public void The_distribution_has_every_good_answer_in_its_bin()
    {
        var distribution = LatencyDistribution.Of(Run([Ok(0, 0, 1), Ok(1, 0, 2), Ok(2, 0, 2), Ok(3, 0, 1000), Failed(4, Outcome.Error)]));
        Assert.Equal(4, distribution.Bins.Sum(bin => bin.Count));
        Assert.Equal(2, distribution.Bins.Single(bin => bin.Low <= 0.002 && 0.002 < bin.High).Count);
        Assert.Equal(61, distribution.Bins.Length);
        Assert.All(distribution.Bins.Zip(distribution.Bins.Skip(1)), pair => Assert.Equal(pair.First.High, pair.Second.Low));
        Assert.Empty(LatencyDistribution.Of(Run([])).Bins);
    }

    static Dictionary<string, Estimate> Compute(LoadResult result) => LoadEstimates.Compute(result, "m").ToDictionary(estimate => estimate.Metric);

    static LoadResult Run(Exchange[] exchanges) => new()
    {
        Arrivals = new ClosedLoop(4),
        Slo = Slo(),
        Planned = exchanges.Length,
        Exchanges = [.. exchanges],
        Started = DateTimeOffset.UnixEpoch,
        Elapsed = TimeSpan.FromSeconds(3),
        Window = TimeSpan.FromSeconds(2),
        Cancelled = false,
    };

    static ImmutableSortedDictionary<string, TimeSpan> Slo(params (string Name, int Milliseconds)[] targets) =>
        targets.ToImmutableSortedDictionary(target => target.Name, target => TimeSpan.FromMilliseconds(target.Milliseconds));

    static Exchange Ok(int scheduled, int late, int took) => new(
        Milliseconds(scheduled), Milliseconds(scheduled + late), Milliseconds(scheduled + late + took), Milliseconds(scheduled + late + took), Outcome.Ok, default, null);

    static Exchange Failed(int scheduled, Outcome outcome) =>
        new(Milliseconds(scheduled), Milliseconds(scheduled), Milliseconds(scheduled), Milliseconds(scheduled), outcome, default, "because");

    static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
