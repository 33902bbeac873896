using Assay.Comparing;
using Assay.Running;
using Assay.Statistics;

namespace Assay.Tests.Running;

public class GateTests
{
    static readonly ComparedRun _run = new("r", "r", "n", null, 10);

    static readonly Estimate[] _estimates =
    [
        Make("accuracy", 0.8, 0.76, 0.84) with { Stage = "evaluate", Model = "net" },
        Make("accuracy", 0.7, 0.66, 0.74) with { Stage = "service", Model = "net" },
        Make("accuracy", 0.1, 0.0, 0.2) with { Stage = "evaluate", Model = "net", Slice = new Dictionary<string, string> { ["sex"] = "male" } },
        Make("latency/p99", 0.04, null, null) with { Stage = "load", Slice = new Dictionary<string, string> { ["load"] = "steady" } },
        Make("latency/p99", 0.09, null, null) with { Stage = "load", Slice = new Dictionary<string, string> { ["load"] = "burst" } },
        new Estimate { Metric = "roc_auc", Definition = "roc_auc", N = 9, Stage = "evaluate", Reason = "one class only" },
    ];

    [Theory]
    [InlineData("accuracy >= 0.8", true, 0.8)]
    [InlineData("accuracy > 0.8", false, 0.8)]
    [InlineData("accuracy.low >= 0.75", true, 0.76)]
    [InlineData("accuracy.high < 0.9", true, 0.84)]
    [InlineData("accuracy.n == 100", true, 100)]
    [InlineData("service.accuracy >= 0.75", false, 0.7)]
    [InlineData("net.evaluate.accuracy.low >= 0.75", true, 0.76)]
    [InlineData("load.steady.latency_p99 <= 50ms", true, 0.04)]
    [InlineData("load.burst.latency/p99 <= 50ms", false, 0.09)]
    public void A_gate_judges_the_number_it_names(string condition, bool holds, double value)
    {
        var gate = Judge(condition);
        Assert.Equal(holds, gate.Holds);
        Assert.Equal(value, gate.Value);
    }

    [Theory]
    [InlineData("load.latency_p99 <= 50ms", false, 0.09)]
    [InlineData("load.latency_p99 <= 100ms", true, 0.09)]
    [InlineData("load.latency_p99 >= 50ms", false, 0.04)]
    public void Of_several_numbers_the_worst_decides(string condition, bool holds, double value)
    {
        var gate = Judge(condition);
        Assert.Equal(holds, gate.Holds);
        Assert.Equal(value, gate.Value);
    }

    [Fact]
    public void An_undefined_number_breaks_its_gate_and_says_why()
    {
        var gate = Judge("roc_auc >= 0");
        Assert.False(gate.Holds);
        Assert.Null(gate.Value);
        Assert.Equal("one class only", gate.Reason);
    }

    [Fact]
    public void A_number_that_was_not_measured_breaks_its_gate() => Assert.False(Judge("f1 >= 0").Holds);

    [Theory]
    [InlineData("accuracy >= 0.75 and service.accuracy >= 0.75", false, 0.7)]
    [InlineData("accuracy >= 0.75 or service.accuracy >= 0.75", true, 0.8)]
    [InlineData("accuracy >= 0.85 or (accuracy.n >= 100 and accuracy.low >= 0.75)", true, 0.76)]
    [InlineData("not service.accuracy >= 0.75", true, 0.7)]
    [InlineData("evaluate.accuracy - service.accuracy <= 0.11", true, 0.1)]
    [InlineData("(evaluate.accuracy + service.accuracy) / 2 >= 0.76", false, 0.75)]
    [InlineData("2 * evaluate.accuracy >= 1.5 + 0.1", true, 1.6)]
    [InlineData("evaluate.accuracy >= service.accuracy", true, 0.8)]
    [InlineData("((accuracy >= 0.75))", true, 0.8)]
    [InlineData("accuracy>=0.75 and(accuracy<=0.9)", true, 0.8)]
    [InlineData("load.latency_p99 * 1000 <= 80", false, 90.0)]
    [InlineData("'net'.accuracy >= 0.85", false, 0.7)]
    public void Conditions_are_joined_and_numbers_reckoned_with(string condition, bool holds, double value)
    {
        var gate = Judge(condition);
        Assert.Equal(holds, gate.Holds);
        Assert.Equal(value, gate.Value!.Value, 1e-12);
    }

    [Theory]
    [InlineData("accuracy >= 0.5 and", 19, "expected a number")]
    [InlineData("accuracy >= 0.5 accuracy", 16, "'and', 'or'")]
    [InlineData("(accuracy >= 0.5", 16, "')'")]
    [InlineData("accuracy => 0.5", 9, "one of >=")]
    [InlineData("f1 not better than baseline", 7, "'worse'")]
    [InlineData("f1 not worse than baseline by far", 30, "number from 0")]
    public void The_mark_stands_below_the_mistake(string condition, int at, string expected)
    {
        Assert.Null(Gate.Parse(condition, out var problem));
        var lines = problem!.Split('\n');
        Assert.Equal(condition, lines[1][4..]);
        Assert.Equal(at, lines[2].IndexOf('^', StringComparison.Ordinal) - 4);
        Assert.Contains(expected, lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Several_numbers_on_both_sides_are_refused() =>
        Assert.Contains("several numbers", Judge("load.latency_p99 <= load.latency_p99").Reason, StringComparison.Ordinal);

    [Fact]
    public void What_is_missing_breaks_a_condition_and_its_contrary()
    {
        Assert.False(Judge("roc_auc >= 0").Holds);
        Assert.False(Judge("not roc_auc >= 0").Holds);
    }

    [Theory]
    [InlineData("exact_match not worse than baseline by 0.02", true)]
    [InlineData("exact_match not worse than baseline by 0.005", false)]
    [InlineData("task.exact_match better than baseline", false)]
    [InlineData("wer not worse than baseline by 0.02", false)]
    [InlineData("wer not worse than baseline by 0.06", true)]
    [InlineData("baseline.exact_match >= 0.5", true)]
    [InlineData("f1 not worse than baseline by 0.02", false)]
    public void A_stored_baseline_is_judged_by_the_bound_of_the_interval(string condition, bool holds)
    {
        ScoreDifference[] rows =
        [
            Row("exact_match", 0.01, -0.01, 0.03) with { ValueA = 0.55 },
            Row("wer", 0.02, -0.01, 0.05) with { HigherIsBetter = false },
        ];
        var comparison = new RunComparison { A = _run, B = _run, Verdict = ComparisonVerdict.Undecided, Alpha = 0.05, Scores = [.. rows] };
        var gate = Gate.Parse(condition, out _)!;
        Assert.True(gate.NeedsBaseline);
        var judged = gate.Judge(_estimates, null, comparison);
        Assert.Equal(holds, judged.Holds);
        Assert.False(gate.Judge(_estimates).Holds);

        static ScoreDifference Row(string metric, double difference, double low, double high)
        {
            return new() { Task = "task", ModelA = "m", ModelB = "m", Metric = metric, HigherIsBetter = true, N = 10, Difference = difference, Low = low, High = high };
        }
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData("accuracy >= ")]
    [InlineData("accuracy => 0.5")]
    [InlineData("accuracy >= high")]
    [InlineData("accuracy >= NaN")]
    public void What_is_no_condition_is_a_problem_that_quotes_it(string condition)
    {
        Assert.Null(Gate.Parse(condition, out var problem));
        Assert.Contains(condition, problem, StringComparison.Ordinal);
    }

    static Assay.Reporting.GateSection Judge(string condition) => Gate.Parse(condition, out _)!.Judge(_estimates);

    static Estimate Make(string metric, double value, double? low, double? high) =>
        new() { Metric = metric, Definition = metric, Value = value, Low = low, High = high, N = 100 };
}
