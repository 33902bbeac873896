using Assay.Comparing;
using Assay.Statistics;

namespace Assay.Tests.Running;

public class SequentialTests
{
    // ASSAY_SIMULATIONS=10000 is the figure of docs/compare.md; CI makes do with fewer.
    static readonly int _runs = int.TryParse(Environment.GetEnvironmentVariable("ASSAY_SIMULATIONS"), out var runs) ? runs : 400;

    const int Looks = 300;

    [Theory]
    [InlineData("mean", 0.5, 0)]
    [InlineData("mean", 0.05, 0)]
    [InlineData("difference", 0.3, 0)]
    [InlineData("difference", 0.3, 0.1)]
    [InlineData("difference", 0.04, 0.01)]
    public void Looked_at_after_each_sample_the_true_value_is_missed_in_at_most_5_of_100_runs(string of, double share, double shift)
    {
        // Of differences: the share of samples that flip, and how many more of them are won than lost.
        var misses = 0;
        var truth = of == "mean" ? share : shift;
        Parallel.For(0, _runs, run =>
        {
            var random = new SeededRandom((ulong)run + 77);
            var score = of == "mean" ? new SequentialMean(0, 1, 0.95) : new SequentialMean(-1, 1, 0.95);
            for (var i = 0; i < Looks; i++)
            {
                var u = random.NextDouble();
                score.Add(of == "mean" ? u < share ? 1 : 0 : u < (share + shift) / 2 ? 1 : u < share ? -1 : 0);
            }

            // The intersection of all looks misses where any of them does.
            if (score.Interval.Low > truth || score.Interval.High < truth)
            {
                Interlocked.Increment(ref misses);
            }
        });

        // 400 runs at 5 % are 20; three standard deviations of that are 13. With 10,000 the bound itself is held.
        Assert.InRange(misses, 0, _runs >= 10_000 ? _runs / 20 : (_runs / 20) + 13);
    }

    [Fact]
    public async Task A_gate_that_is_clear_ends_the_run_and_tells_what_was_saved()
    {
        using var runs = new TaskRuns(2000);
        var report = await runs.RunAsync("stop: {when: gates}\ngates: [\"exact_match >= 0.5\"]\n", i => i % 10 < 9);
        var stop = Assert.Single(report.Stops);
        Assert.Equal(("decided", 2000L), (stop.State, stop.Total));
        Assert.InRange(stop.Asked, 10, 300);
        var estimate = report.Estimates.First(estimate => estimate.Metric == "exact_match");
        Assert.Equal(("betting", stop.Asked), (estimate.Method!, estimate.N));
        Assert.True(estimate.Low > 0.5);
        Assert.True(Assert.Single(report.Gates).Holds);

        // What is in the figures is what is in the store.
        var stored = await runs.Store.ReadAsync(report.Run, TestContext.Current.CancellationToken);
        Assert.Equal(stop.Asked, stored!.Summary.RecordCount);
    }

    [Fact]
    public async Task A_gate_that_surely_breaks_ends_the_run_as_well()
    {
        using var runs = new TaskRuns(1000);
        var report = await runs.RunAsync("stop: gates\ngates: [\"exact_match.low >= 0.8\"]\n", i => i % 2 == 0);
        Assert.Equal("decided", Assert.Single(report.Stops).State);
        Assert.False(Assert.Single(report.Gates).Holds);
    }

    [Fact]
    public async Task What_is_close_is_asked_to_the_end_and_keeps_the_always_valid_interval()
    {
        using var runs = new TaskRuns(200);
        var report = await runs.RunAsync("stop: gates\ngates: [\"exact_match >= 0.5\"]\n", i => i % 2 == 0);
        Assert.Equal(("all samples", 200L), (report.Stops[0].State, report.Stops[0].Asked));
        Assert.Equal("betting", report.Estimates.First(estimate => estimate.Metric == "exact_match").Method);
    }

    [Fact]
    public async Task Without_a_prospect_of_a_decision_the_run_ends_when_it_may()
    {
        using var runs = new TaskRuns(400);
        var report = await runs.RunAsync("stop: {when: gates, futility: 0.1}\ngates: [\"exact_match >= 0.5\"]\n", i => i % 2 == 0);
        Assert.Equal("futile", report.Stops[0].State);
        Assert.InRange(report.Stops[0].Asked, 50, 399);
    }

    [Fact]
    public async Task A_clear_difference_to_the_baseline_ends_the_run()
    {
        using var runs = new TaskRuns(1000);
        await runs.RunAsync("", i => i % 2 == 0);
        var report = await runs.RunAsync("baseline: last\nstop: comparison\ngates: [\"exact_match not worse than baseline by 0.05\"]\n", i => i % 2 == 0 || i % 4 == 1);
        Assert.Equal("decided", report.Stops[0].State);
        Assert.InRange(report.Stops[0].Asked, 10, 400);
        var row = Assert.Single(report.Comparisons[0].Scores);
        Assert.Equal(("betting", ComparisonVerdict.Better, report.Stops[0].Asked), (row.Method, row.Verdict, row.N));
        Assert.Null(row.P);
        Assert.True(report.Gates[0].Holds);
    }

    [Fact]
    public async Task A_gate_that_asks_for_more_than_a_mean_is_asked_to_the_end()
    {
        using var runs = new TaskRuns(300);
        var report = await runs.RunAsync("stop: gates\ngates: [\"exact_match >= 0.5\", \"exact_match.n >= 300\"]\n", i => true);
        Assert.Equal(("all samples", 300L), (report.Stops[0].State, report.Stops[0].Asked));
        Assert.Contains("only on all samples", report.Stops[0].Reason, StringComparison.Ordinal);
        Assert.All(report.Gates, gate => Assert.True(gate.Holds));
    }

    [Fact]
    public async Task The_order_is_that_of_the_seed()
    {
        using var runs = new TaskRuns(500);
        const string Rest = "stop: gates\ngates: [\"exact_match >= 0.5\"]\n";
        var (first, again) = (await runs.RunAsync(Rest, i => i < 400), await runs.RunAsync(Rest, i => i < 400));
        Assert.Equal(first.Stops.Single() with { SavedCost = null }, again.Stops.Single() with { SavedCost = null });

        // In the order of the file the first 100 would all be right.
        Assert.InRange(first.Estimates.First(estimate => estimate.Metric == "exact_match").Value!.Value, 0.5, 0.97);
    }

    [Theory]
    [InlineData("stop: comparison\n", "'baseline'")]
    [InlineData("stop: gates\n", "needs 'gates'")]
    [InlineData("stop: {when: never}\n", "'never'")]
    [InlineData("stop: {when: gates, confidence: 2}\ngates: [\"exact_match >= 0.5\"]\n", "'2'")]
    public void A_mistake_is_told_before_the_run(string rest, string expected)
    {
        using var runs = new TaskRuns(1);
        Assert.Contains(runs.Read(rest, i => true).Problems, problem => problem.Message.Contains(expected, StringComparison.Ordinal));
    }
}
