using System.Collections.Immutable;
using Assay.Load;
using Assay.Load.Audits;
using Assay.Load.Validity;
using Assay.Models;
using static Assay.Tests.Load.Exchanges;

namespace Assay.Tests.Load.Audits;

public class LoadAuditsTests
{
    static readonly ArrivalOptions[] _drawn =
    [
        new PoissonArrivals(100), new GammaArrivals(100, 0.25), new GammaArrivals(100, 4), new RampArrivals(10, 200, TimeSpan.FromSeconds(30)),
        new StepArrivals([new RateStep(20, TimeSpan.FromSeconds(10)), new RateStep(200, TimeSpan.FromSeconds(10))]),
    ];

    [Fact]
    public void Arrivals_that_are_sent_as_asked_hold_and_are_rarely_suspected()
    {
        // Four standard errors and p below 0.001: of 5 x 40 runs at most one or two may be suspected by chance.
        var suspected = _drawn.Sum(arrivals => Enumerable.Range(0, 40).Count(seed => Find(Sent(arrivals, arrivals.Schedule(TimeSpan.FromSeconds(20), null, (ulong)seed)!), "arrivals")!.Holds == false));
        Assert.InRange(suspected, 0, 2);
    }

    [Fact]
    public void Arrivals_of_another_process_are_found()
    {
        var even = new ConstantArrivals(100).Schedule(TimeSpan.FromSeconds(20), null, 0);
        var bursty = new GammaArrivals(100, 0.25).Schedule(TimeSpan.FromSeconds(20), null, 1)!;

        // guidellm's fault: every gap repeated by ten workers.
        var at = TimeSpan.Zero;
        var gaps = new PoissonArrivals(100).Schedule(TimeSpan.FromSeconds(2), null, 1)!;
        TimeSpan[] repeated = [.. gaps.Zip(gaps.Skip(1), (a, b) => b - a).SelectMany(gap => Enumerable.Repeat(gap, 10)).Select(gap => at += gap)];
        foreach (var times in (IReadOnlyList<TimeSpan>[])[even, bursty, repeated])
        {
            var audit = Find(Sent(new PoissonArrivals(100), times), "arrivals")!;
            Assert.Equal((false, true), (audit.Holds, audit.IsFatal));
        }

        Assert.Null(Find(Sent(new PoissonArrivals(100), [.. even.Take(50)]), "arrivals")!.Holds);
        Assert.Null(Find(Sent(new ConstantArrivals(100), even), "arrivals"));
    }

    [Fact]
    public void The_distance_and_its_probability_are_scipys()
    {
        // The quantiles of 1,000 exponential gaps, all of them 1.1 times too long: scipy.stats.kstest(gaps, "expon") = 0.0355, p 0.1559 (exact);
        // against scipy.stats.gamma(4, scale=1/4) = 0.2279. Stephens' form gives 0.157.
        var at = 0.0;
        TimeSpan[] times = [.. Enumerable.Range(0, 1000).Select(i => TimeSpan.FromSeconds(at += -Math.Log(1 - ((i + 0.5) / 1000)) * 1.1))];
        Assert.Contains("by 0.0355 (Kolmogorov-Smirnov, p 0.157)", Find(Sent(new PoissonArrivals(1), times), "arrivals")!.Figures, StringComparison.Ordinal);
        Assert.Contains("by 0.2279 (Kolmogorov-Smirnov, p 0)", Find(Sent(new GammaArrivals(1, 4), times), "arrivals")!.Figures, StringComparison.Ordinal);
    }

    [Fact]
    public void Late_sends_break_the_schedule()
    {
        var arrivals = new ConstantArrivals(100);
        var times = arrivals.Schedule(TimeSpan.FromSeconds(5), null, 0);
        Assert.True(Find(Sent(arrivals, times), "schedule")!.Holds);
        Exchange[] late = [.. times.Select((time, i) => Ok((int)time.TotalMilliseconds, i % 20 == 0 ? 15 : 0, 1))];
        Assert.False(Find(Result(late) with { Arrivals = arrivals }, "schedule")!.Holds);
        Assert.Null(Find(Result(late), "schedule"));
    }

    [Fact]
    public void Every_planned_request_is_accounted_for()
    {
        Exchange[] exchanges = [Ok(0, 0, 5), Failed(1, Outcome.Error), Failed(2, Outcome.NeverSent)];
        Assert.True(Find(Result(exchanges), "conservation")!.Holds);
        Assert.Contains("3 planned = 1 ok + 1 failed + 0 open at the end + 1 never sent + 0 not come to", Find(Result(exchanges), "conservation")!.Figures, StringComparison.Ordinal);
        Assert.False(Find(Result(exchanges) with { Planned = 4 }, "conservation")!.Holds);
        Assert.True(Find(Result(exchanges) with { Planned = 4, Cancelled = true }, "conservation")!.Holds);
        Assert.False(Find(Result([Ok(5, -1, 3)]), "conservation")!.Holds);
    }

    [Fact]
    public void Littles_law_holds_of_a_steady_run_and_not_of_a_growing_queue()
    {
        // 100/s for 50 ms each: 5 on their way.
        Exchange[] steady = [.. Enumerable.Range(0, 1000).Select(i => Ok(10 * i, 0, 50))];
        var audit = Find(Result(steady, 10), "little")!;
        Assert.True(audit.Holds);
        Assert.StartsWith("4.9", audit.Figures, StringComparison.Ordinal);

        // Answers at half the rate of the requests: each waits 10 ms more than the last.
        Exchange[] growing = [.. Enumerable.Range(0, 1000).Select(i => Ok(10 * i, 0, 10 + (10 * i)))];
        Assert.NotEqual(true, Find(Result(growing, 10), "little")!.Holds);
        Exchange[] late = [.. Enumerable.Range(0, 1000).Select(i => Ok(10 * i, 0, i < 900 ? 50 : 5000))];
        Assert.False(Find(Result(late, 10), "little")!.Holds);
    }

    [Fact]
    public void Fewer_tokens_than_events_are_doubtful()
    {
        Exchange[] good = [.. Enumerable.Range(0, 50).Select(i => Stream(i, i + 1, i + 20, 8) with { IsTokenCountReported = true, Tokens = 12 })];
        Assert.True(Find(Result(good), "tokens")!.Holds);
        Assert.Contains("600 tokens in 50 answers of 400 events with text, 1.5 to an event", Find(Result(good), "tokens")!.Figures, StringComparison.Ordinal);
        var wrong = Find(Result([.. good.Select(exchange => exchange with { Tokens = 3 })]), "tokens")!;
        Assert.Equal((false, false), (wrong.Holds, wrong.IsFatal));
        Assert.Null(Find(Result([Ok(0, 0, 1)]), "tokens"));
    }

    [Fact]
    public void The_verdict_names_the_client_and_what_does_not_add_up()
    {
        var result = Result([Ok(0, 0, 5)]);
        Assert.Null(LoadAudits.Verdict(result, LoadAudits.Of(result)));
        var healthy = result with { Health = Health([]) };
        Assert.Equal("VALID", LoadAudits.Verdict(healthy, LoadAudits.Of(healthy)));
        var limited = result with { Planned = 9, Health = Health(["the client used 97 % of its core"]) };
        Assert.StartsWith("INVALID: the client used 97 % of its core; conservation: 9 planned", LoadAudits.Verdict(limited, LoadAudits.Of(limited)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_clients_lateness_is_in_the_interval()
    {
        var result = Result([.. Enumerable.Range(0, 400).Select(i => Ok(i, 0, 20))]) with { Health = Health([]) };
        var p50 = LoadEstimates.Compute(result, "m").Single(estimate => estimate.Metric == "latency/p50");
        Assert.Equal((0.020, 0.018, 0.020), (p50.Value, Math.Round(p50.Low!.Value, 9), p50.High));
        Assert.Contains("2 ms", p50.Reason!, StringComparison.Ordinal);
    }

    static ClientHealth Health(ImmutableArray<string> problems) => new(
        new ClientMeasurements { Elapsed = TimeSpan.FromSeconds(1), BusiestThread = 0.1, Cpu = TimeSpan.Zero, Cores = 1, SendLag = new(), ReadLag = new() },
        problems,
        ImmutableSortedDictionary<string, TimeSpan>.Empty.Add("latency", Milliseconds(2)));

    static LoadAudit? Find(LoadResult result, string name) => LoadAudits.Of(result).FirstOrDefault(audit => audit.Name == name);

    static LoadResult Sent(ArrivalOptions arrivals, IReadOnlyList<TimeSpan> times) => Result(
        [.. times.Select(time => new Exchange(time, time, time + Milliseconds(1), time + Milliseconds(1), Outcome.Ok, default, null))], 30) with
    { Arrivals = arrivals };
}
