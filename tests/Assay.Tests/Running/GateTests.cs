using Assay.Running;
using Assay.Statistics;

namespace Assay.Tests.Running;

public class GateTests
{
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
