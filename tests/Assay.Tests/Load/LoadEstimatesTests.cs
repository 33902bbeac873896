using Assay.Load;
using Assay.Models;
using Assay.Statistics;
using static Assay.Tests.Load.Exchanges;

namespace Assay.Tests.Load;

public class LoadEstimatesTests
{
    [Fact]
    public void Latency_is_from_the_schedule_service_time_from_sending()
    {
        // Every request is sent 10 ms late and takes 1, 2, ... 400 ms, in no order.
        var estimates = Compute(Result([.. Shuffled(400).Select((took, i) => Ok(i, 10, took))]));
        Assert.Equal(0.2105, estimates["latency/p50"].Value!.Value, 1e-9);
        Assert.Equal(0.2005, estimates["service_time/p50"].Value!.Value, 1e-9);
        Assert.Equal(0.010, estimates["schedule_delay/p99"].Value!.Value, 1e-9);
        Assert.Equal(0.2105, estimates["latency/mean"].Value!.Value, 1e-9);

        // Type 7: position 0.95 * 399 = 379.05 in 0.001..0.400, as numpy.percentile gives.
        Assert.Equal(0.38005, estimates["service_time/p95"].Value!.Value, 1e-9);
        Assert.All(estimates.Values.Where(estimate => estimate.Unit == "s" && estimate.Value is not null), estimate => Assert.Equal(400, estimate.N));
        Assert.True(estimates["latency/p95"].Low < estimates["latency/p95"].Value && estimates["latency/p95"].Value <= estimates["latency/p95"].High);
        Assert.Equal("batch-means", estimates["latency/mean"].Method);
        Assert.False(estimates.ContainsKey("ttft/p50"));
    }

    [Fact]
    public void A_p99_of_40_answers_is_not_printed()
    {
        var estimates = Compute(Result([.. Enumerable.Range(1, 40).Select(i => Ok(i, 0, 5))]));
        Assert.Null(estimates["latency/p99"].Value);

        // 0.99^n <= 0.025 from n = 368, 0.999^n from 3,688.
        Assert.Equal("needs 328 more", estimates["latency/p99"].Reason);
        Assert.Equal("needs 3648 more", estimates["latency/p99.9"].Reason);
        Assert.NotNull(estimates["latency/p50"].Value);
        Assert.Equal("an interval needs 60 more", estimates["latency/mean"].Reason);
    }

    [Fact]
    public void Requests_that_wait_in_one_queue_are_worth_fewer_and_the_p99_needs_more_of_them()
    {
        var waits = Queue(0.8, 2_000, 1);
        var queued = Compute(Result([.. waits.Select((wait, i) => Ok(i, 0, (int)(wait * 100)))]));
        Assert.StartsWith("needs ", queued["latency/p99"].Reason, StringComparison.Ordinal);
        Assert.Contains("neighbours are alike: worth", queued["latency/p50"].Reason, StringComparison.Ordinal);

        new SeededRandom(2).Shuffle(waits.AsSpan());
        var shuffled = Compute(Result([.. waits.Select((wait, i) => Ok(i, 0, (int)(wait * 100)))]));
        Assert.NotNull(shuffled["latency/p99"].Value);
        Assert.True(queued["latency/p50"].High - queued["latency/p50"].Low > 2 * (shuffled["latency/p50"].High - shuffled["latency/p50"].Low));
    }

    [Theory]
    [InlineData(0.5, 4_000, 50)]
    [InlineData(0.5, 4_000, 90)]
    [InlineData(0.5, 16_000, 99)]
    [InlineData(0.8, 16_000, 50)]
    [InlineData(0.8, 16_000, 90)]
    public void Intervals_of_a_queues_latencies_hold_the_true_percentile(double load, int requests, double percent)
    {
        // Of an M/M/1 queue with service rate 1 the time in the system is exponential with mean 1 / (1 - load).
        var truth = -Math.Log(1 - (percent / 100)) / (1 - load);
        const int Runs = 200;
        var held = 0;
        for (var run = 0; run < Runs; run++)
        {
            var waits = Queue(load, requests, (ulong)run);
            double[] sorted = [.. waits.Order()];
            var time = new[] { 50, 90, percent }.Where(lower => lower <= percent)
                .Max(lower => AutocorrelationTime.OfExceedance(waits, QuantileInterval.OfSorted(sorted, lower / 100).Value));
            var interval = QuantileInterval.OfSorted(sorted, percent / 100, requests / time, 0.95).Interval;
            held += interval is not { } bounds || (bounds.Low <= truth && truth <= bounds.High) ? 1 : 0;
        }

        // 95 % of 200 is 190, standard deviation 3.1; taken for independent they would hold it 60 to 130 times.
        Assert.InRange(held, 178, Runs);
    }

    [Fact]
    public void Goodput_counts_what_is_ok_and_in_time_and_a_request_never_sent_is_not_good()
    {
        // In no order, as if by chance, so that they count as independent.
        Exchange[] exchanges = [.. Shuffled(100).Select((kind, i) => kind <= 80 ? Ok(i, 0, 50) : kind <= 90 ? Ok(i, 1, 50) : Failed(i, kind <= 96 ? Outcome.Timeout : Outcome.NeverSent))];
        var estimates = Compute(Result(exchanges) with { Slo = Slo(("latency_p99", 50)) });
        Assert.Equal((0.8, 100L), (estimates["goodput/share"].Value, estimates["goodput/share"].N));

        // Wilson's interval of 80 of 100: statsmodels proportion_confint(80, 100, method="wilson") = 0.711171, 0.866633; never narrower.
        Assert.InRange(estimates["goodput/share"].Low!.Value, 0.65, 0.711172);
        Assert.InRange(estimates["goodput/share"].High!.Value, 0.866632, 0.9);

        // 100 requests in a window of 2 s: all of the shares times 50 per second.
        Assert.Equal((40, "1/s"), (estimates["goodput"].Value, estimates["goodput"].Unit));
        Assert.Equal(50 * estimates["goodput/share"].Low!.Value, estimates["goodput"].Low!.Value, 1e-9);
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
        var run = Result([Ok(0, 0, 50), Ok(1, 0, 51), Ok(2, 0, 20)]) with { Slo = Slo(("latency_p9", 1), ("latency_p50", 20), ("latency_p99.9", 50)) };
        Assert.Equal(2 / 3.0, Compute(run)["goodput/share"].Value);
        Assert.Contains("latency/p9", Compute(run).Keys);
    }

    [Fact]
    public void Goodput_takes_targets_of_several_metrics_together()
    {
        // First token after 10 ms and 5 ms a token; 30 and 5; 10 and 20; one token only.
        Exchange[] exchanges = [Stream(0, 10, 30, 5), Stream(0, 30, 50, 5), Stream(0, 10, 90, 5), Stream(0, 10, 10, 1), Failed(0, Outcome.Error)];
        Assert.Equal(0.4, Compute(Result(exchanges) with { Slo = Slo(("ttft_p99", 20), ("tpot_p50", 10)) })["goodput/share"].Value);
        Assert.Equal(0.6, Compute(Result(exchanges) with { Slo = Slo(("ttft_p99", 20)) })["goodput/share"].Value);
        Assert.Equal(0.6, Compute(Result(exchanges) with { Slo = Slo(("gap_p99", 10)) })["goodput/share"].Value);

        // 5 + 1 tokens of good answers in 2 s.
        Assert.Equal(3, Compute(Result(exchanges) with { Slo = Slo(("ttft_p99", 20), ("tpot_p50", 10)) })["goodput/tokens"].Value);
    }

    [Fact]
    public void Times_of_streams_are_as_defined()
    {
        var estimates = Compute(Result([.. Enumerable.Range(0, 100).Select(i => Stream(i, i + 20, i + 120, 11))]));
        Assert.Equal(0.020, estimates["ttft/p50"].Value!.Value, 1e-9);
        Assert.Equal(0.010, estimates["tpot/p50"].Value!.Value, 1e-9);
        Assert.Equal(0.120 / 11, estimates["ntpot/p50"].Value!.Value, 1e-9);
        Assert.Equal(0.120, estimates["latency/p50"].Value!.Value, 1e-9);
        Assert.Equal(550, estimates["token_rate"].Value);
        Assert.Equal("the service does not count tokens: these are events with text", estimates["token_rate"].Reason);
        Assert.False(estimates.ContainsKey("connect/p50"));
    }

    [Fact]
    public void Gaps_are_of_the_histogram_and_an_answer_counts_once_for_their_interval()
    {
        var gaps = new DurationHistogram();
        for (var i = 0; i < 1000; i++)
        {
            gaps.Add(Milliseconds(i % 100 == 0 ? 80 : 10));
        }

        Exchange[] exchanges = [.. Enumerable.Range(0, 100).Select(i => Stream(i, i + 20, i + 120, 11) with { LongestGap = Milliseconds(i % 10 == 0 ? 80 : 10) })];
        var estimates = Compute(Result(exchanges) with { Gaps = gaps });
        Assert.Equal(0.010, estimates["gap/p50"].Value!.Value, 0.010 * DurationHistogram.RelativeError);
        Assert.Equal((0.010, 1000L), (Math.Round(estimates["gap/p95"].Value!.Value, 4), estimates["gap/p95"].N));
        Assert.Equal("needs 268 more answers", estimates["gap/p99"].Reason);
        Assert.Equal((0.1, 100L), (estimates["stall_rate"].Value, estimates["stall_rate"].N));
        Assert.Contains("10 of 1000 gaps", estimates["stall_rate"].Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public void Warm_up_and_cool_down_are_in_the_counts_and_in_nothing_else()
    {
        // A request each 10 ms for 4 s; in the first and the last second they take 500 ms, else 5.
        Exchange[] exchanges = [.. Enumerable.Range(0, 400).Select(i => Ok(10 * i, 0, i is < 100 or >= 300 ? 500 : 5))];
        var estimates = Compute(Result(exchanges, 4) with { Warmup = TimeSpan.FromSeconds(1), Cooldown = TimeSpan.FromSeconds(1) });
        Assert.Equal((0.005, 200L), (estimates["latency/p95"].Value, estimates["latency/p95"].N));
        Assert.Equal(400, estimates["requests/ok"].Value);
        Assert.Equal(1, estimates["goodput/share"].Value);

        // 199 that began in it and ended by its end, and the 50 slow ones from before.
        Assert.InRange(estimates["request_rate"].Value!.Value, 124, 126);
    }

    [Fact]
    public void A_run_that_ends_in_its_warm_up_has_reasons_instead_of_numbers()
    {
        var estimates = Compute(Result([Ok(0, 0, 5)], 1) with { Warmup = TimeSpan.FromSeconds(5), Cancelled = true });
        Assert.Null(estimates["latency/p50"].Value);
        Assert.Equal("the run had no length", estimates["request_rate"].Reason);
        Assert.Equal(1, estimates["requests/ok"].Value);
    }

    [Fact]
    public void Answers_after_the_window_count_as_ok_but_not_in_the_rates()
    {
        var estimates = Compute(Result([Ok(0, 0, 10), Ok(1, 0, 5_000)]));
        Assert.Equal((2, 0.5, 0.5), (estimates["requests/ok"].Value, estimates["request_rate"].Value, estimates["goodput"].Value));
    }

    [Fact]
    public void The_rate_of_poisson_arrivals_has_garwoods_interval()
    {
        var rate = Compute(Result([.. Enumerable.Range(0, 10).Select(i => Ok(i, 0, 1))]) with { Arrivals = new PoissonArrivals(5) })["request_rate"];

        // 10 events: 4.795389 to 18.390356 (scipy.stats.chi2.ppf(.025, 20) / 2, chi2.ppf(.975, 22) / 2), in 2 s.
        Assert.Equal(4.795389 / 2, rate.Low!.Value, 1e-6);
        Assert.Equal(18.390356 / 2, rate.High!.Value, 1e-6);
        Assert.Equal("poisson 5/s", rate.Slice!["load"]);
    }

    [Fact]
    public void The_rate_of_a_closed_loop_has_an_interval_of_its_slices()
    {
        // An answer each 5 ms on average: 20 slices of 0.1 s with some 20 each.
        var rate = Compute(Result([.. Shuffled(400).Select(at => Ok(5 * (at - 1), 0, at % 7))]))["request_rate"];
        Assert.Equal("batch-means", rate.Method);
        Assert.True(rate.Low < 200 && 200 <= rate.High + 1);
    }

    [Fact]
    public void Sessions_that_are_served_alike_are_fair()
    {
        // Jain's index of the speeds 100/s and 100/s is 1, of 100/s and 33/s (3, 1) it is 16 / 20.
        Assert.Equal(1, Compute(Result([Ok(0, 0, 10) with { Session = 0 }, Ok(5, 0, 10) with { Session = 1 }]))["fairness"].Value!.Value, 1e-12);
        var estimates = Compute(Result([Ok(0, 0, 10) with { Session = 0 }, Ok(0, 0, 30) with { Session = 1 }, Ok(50, 0, 10) with { Session = 0, Turn = 1 }]));
        Assert.Equal((2.0, 0.8), (estimates["sessions"].Value!.Value, Math.Round(estimates["fairness"].Value!.Value, 12)));
    }

    [Fact]
    public void A_run_without_answers_has_reasons_instead_of_numbers()
    {
        var estimates = Compute(Result([]) with { Window = TimeSpan.Zero, Cancelled = true });
        Assert.All(
            estimates.Values.Where(estimate => !estimate.Metric.StartsWith("requests/", StringComparison.Ordinal)),
            estimate => Assert.True(estimate.Value is null && estimate.Reason is not null, estimate.Metric));
        Assert.Equal(0, estimates["requests/sent"].Value);
    }

    [Fact]
    public void Costs_are_per_thousand_good_answers()
    {
        var run = Result([.. Enumerable.Range(0, 20).Select(i => Ok(i, 0, 1)), Failed(20, Outcome.Error)]);
        var estimates = Compute(run with { Usage = new ResourceUsage(0.5, 123_456) });
        Assert.Equal((25, "s"), (estimates["cpu_seconds/per_1000"].Value, estimates["cpu_seconds/per_1000"].Unit));
        Assert.Equal((123_456, "bytes"), (estimates["memory/peak"].Value, estimates["memory/peak"].Unit));
        Assert.Null(Compute(run)["memory/peak"].Value);
    }

    [Fact]
    public void Every_estimate_names_stage_model_and_slice_and_has_an_interval_or_a_reason()
    {
        foreach (var estimate in Compute(Result([.. Enumerable.Range(0, 400).Select(i => Stream(i, i + (i % 9), i + 20 + (i % 5), 1 + (i % 4)))])).Values)
        {
            Assert.Equal(("load", "m", "closed 4"), (estimate.Stage, estimate.Model, estimate.Slice!["load"]));
            Assert.True((estimate.Low <= estimate.Value && estimate.Value <= estimate.High) || estimate.Reason is not null, estimate.Metric);
        }
    }

    [Fact]
    public void The_distribution_has_every_good_answer_in_its_bin()
    {
        var distribution = LatencyDistribution.Of(Result([Ok(0, 0, 1), Ok(1, 0, 2), Ok(2, 0, 2), Ok(3, 0, 1000), Failed(4, Outcome.Error)]));
        Assert.Equal(4, distribution.Bins.Sum(bin => bin.Count));
        Assert.Equal(2, distribution.Bins.Single(bin => bin.Low <= 0.002 && 0.002 < bin.High).Count);
        Assert.Equal(61, distribution.Bins.Length);
        Assert.All(distribution.Bins.Zip(distribution.Bins.Skip(1)), pair => Assert.Equal(pair.First.High, pair.Second.Low));
        Assert.Empty(LatencyDistribution.Of(Result([])).Bins);
    }

    static Dictionary<string, Estimate> Compute(LoadResult result) => LoadEstimates.Compute(result, "m").ToDictionary(estimate => estimate.Metric);

    static int[] Shuffled(int count)
    {
        var numbers = Enumerable.Range(1, count).ToArray();
        new SeededRandom(5).Shuffle(numbers.AsSpan());
        return numbers;
    }

    // Times in the system of an M/M/1 queue with service rate 1, from its steady state on (Lindley's recursion).
    static double[] Queue(double load, int requests, ulong seed)
    {
        var random = new SeededRandom(seed);
        var times = new double[requests];
        var time = random.NextExponential() / (1 - load);
        for (var i = 0; i < requests; i++)
        {
            times[i] = time;
            time = Math.Max(0, time - (random.NextExponential() / load)) + random.NextExponential();
        }

        return times;
    }
}
