using Assay.Comparing;
using Assay.Reporting;

namespace Assay.Tests.Running;

public class StoredBaselineTests
{
    [Fact]
    public async Task A_run_is_held_against_the_last_of_its_name()
    {
        using var runs = new TaskRuns(200);
        var first = await runs.RunAsync("", i => i % 2 == 0);
        var second = await runs.RunAsync("baseline: last\ngates: [\"exact_match not worse than baseline by 0.05\", \"sums.exact_match better than baseline\", \"exact_match - baseline.exact_match >= 0.2\"]\n", i => i % 2 == 0 || i % 4 == 1);
        var comparison = Assert.Single(second.Comparisons);
        Assert.Equal(first.Run, comparison.A.Run);
        Assert.Equal((200L, 0L, 50L), (comparison.Scores.Single().N, comparison.Scores.Single().OnlyA!.Value, comparison.Scores.Single().OnlyB!.Value));
        Assert.Equal(ComparisonVerdict.Better, comparison.Verdict);
        Assert.All(second.Gates, gate => Assert.True(gate.Holds, gate.Condition));
        var estimate = Assert.Single(second.Estimates, estimate => estimate.Metric == "exact_match/minus_baseline");
        Assert.Equal((0.25, "compare", "bonett-price"), (estimate.Value!.Value, estimate.Stage!, estimate.Method!));
        Assert.Contains(second.Findings, finding => finding.Kind == "strength" && finding.Text.Contains("better", StringComparison.Ordinal));
        Assert.Contains(comparison.Differences, difference => difference.What == "spec baseline");
    }

    [Fact]
    public async Task A_loss_breaks_the_gate_and_names_the_interval()
    {
        using var runs = new TaskRuns(200);
        var first = await runs.RunAsync("", i => true);
        var report = await runs.RunAsync($"baseline: {{run: {first.Run}, margin: 0.02}}\ngates: [\"exact_match not worse than baseline\"]\n", i => i % 10 != 0);
        Assert.Equal(Verdict.Fail, report.Verdict);
        Assert.Contains("-0.1 [-0.14", Assert.Single(report.Gates).Reason, StringComparison.Ordinal);
        Assert.Equal("weakness", report.Findings[0].Kind);
    }

    [Fact]
    public async Task The_first_run_of_a_name_breaks_its_gates_unless_the_baseline_is_not_required()
    {
        using var runs = new TaskRuns(10);
        const string Gates = "gates: [\"exact_match not worse than baseline by 0.02\"]\n";
        var strict = await runs.RunAsync("baseline: last\n" + Gates, i => true);
        Assert.Equal(Verdict.Fail, strict.Verdict);
        Assert.Contains("no earlier run", Assert.Single(strict.Gates).Reason, StringComparison.Ordinal);
        var lenient = await runs.RunAsync("baseline: {run: passed, required: false}\n" + Gates, i => true);
        Assert.Equal(Verdict.Pass, lenient.Verdict);
        Assert.Contains("not judged", Assert.Single(lenient.Gates).Reason, StringComparison.Ordinal);
        Assert.Contains(lenient.Findings, finding => finding.Kind == "warning");
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_told_before_anything_is_asked()
    {
        using var runs = new TaskRuns(10);
        var error = await Assert.ThrowsAsync<UserErrorException>(() => runs.RunAsync("baseline: 2020-nope\n", i => true));
        Assert.Contains("'2020-nope'", error.Message, StringComparison.Ordinal);
        Assert.Empty(await runs.Store.ListAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_gate_that_does_not_say_by_how_much_is_a_problem()
    {
        using var runs = new TaskRuns(1);
        var problem = Assert.Single(runs.Read("baseline: last\ngates: [\"exact_match not worse than baseline\"]\n", i => true).Problems);
        Assert.Contains("by how much", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budgets_are_numbers_of_gates()
    {
        using var runs = new TaskRuns(10);
        var report = await runs.RunAsync("gates: [\"seconds <= 10m\", \"cost <= 5\", \"tokens <= 100\"]\n", i => true);
        Assert.True(report.Gates[0].Holds);
        Assert.True(report.Gates[0].Value > 0);
        Assert.Contains("prices", report.Gates[1].Reason, StringComparison.Ordinal);
        Assert.False(report.Gates[2].Holds);
    }

    [Fact]
    public async Task A_reference_is_an_id_its_beginning_or_a_word()
    {
        using var runs = new TaskRuns(5);
        var first = await runs.RunAsync("", i => true);
        var second = await runs.RunAsync("gates: [\"exact_match >= 0.9\"]\n", i => false);
        Assert.Equal(first.Run, await Find(first.Run));
        Assert.Equal(second.Run, await Find("last"));
        Assert.Equal(second.Run, await Find("last:sums"));
        Assert.Equal(first.Run, await Find("passed"));
        Assert.Null(await Find("last:other"));
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Find("20"));
        Assert.Contains("2 ids", error.Message, StringComparison.Ordinal);

        async Task<string?> Find(string reference)
        {
            return (await FinishedRun.FindAsync(runs.Store, reference, null, TestContext.Current.CancellationToken))?.Header.Id;
        }
    }
}
