using System.Collections.Immutable;
using Assay.Learning.Tuning;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Tests.Reporting;

/// <summary>One report with everything in it: an undefined number, a gate that fails, a Chinese class, a cancelled load.</summary>
static class SampleReports
{
    const string Died = "died";
    const string Survived = "存活";
    const string Steady = "poisson 200/s";
    const string Closed = "closed loop 4";
    const string Burst = "gamma 0.5, 400/s";

    public static Report Full { get; } = new()
    {
        Assay = "0.1.0",
        Command = "run",
        Run = "20260301-120000-titanic-7",
        Name = "titanic",
        Verdict = Verdict.Fail,
        VerdictReason = "Gate 'accuracy.low >= 0.80' does not hold: accuracy.low is 0.750. The load 'gamma 0.5, 400/s' was cancelled.",
        Seed = 18446744073709551615,
        Started = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Seconds = 48.215,
        Environment = new("Debian GNU/Linux 12", "AMD EPYC 9554", 2, ".NET 10.0.1"),
        Stages =
        [
            new("prepare", "done", 0.0124, "891 rows, 10 features"), new("split", "done", 0.0008, "stratified hold-out"),
            new("train", "done", 3.21, "10 epochs, last loss 0.41"), new("evaluate", "done", 0.182, "12 metrics over 223 rows"),
            new("service", "done", 0.41, "223 rows, metrics equal"), new("load", "cancelled", 24.0, "2 of 3 profiles"),
            new("optimise", "done", 20.4, "6 trials"),
        ],
        Gates =
        [
            new("accuracy.low >= 0.80", 0.7504, false, null), new("f1 >= 0.70", 0.7362, true, null), new("load.goodput >= 190", 197.6, true, null),
            new("load.ttft_p99 <= 500ms", null, false, "ttft was not measured"),
        ],
        Findings =
        [
            new("weakness", "Accuracy is 0.612 [0.478, 0.731] where embarked = Q (n 49), 0.216 below the rest (adjusted p 0.004)."),
            new("strength", "Accuracy is 0.921 [0.846, 0.962] where sex = 女 (n 89)."),
            new("warning", "age is missing in 177 of 891 rows."),
            new("advice", "learning_rate 0.003 is indistinguishable from the default: keep the default."),
        ],
        Estimates = [.. Evaluation(), .. Service(), .. Loads(), .. Tasks()],
        Data = new(
            "data/titanic.csv", "9f2c1e0b7a6d5c4b3a2918070605040302010f0e0d0c0b0a0908070605040302", 891, 2, 3, "survived", Survived,
            [new(Died, 545, 545 / 886.0), new(Survived, 341, 341 / 886.0)],
            [
                new("survived", "category", "target", 2, 2), new("age", "number", "feature", 177, 88), new("sex", "category", "feature", 0, 2),
                new("embarked", "category", "feature", 2, 3), new("name|id", "category", "excluded", 0, 891),
            ],
            "stratified hold-out 0.25", 663, 223),
        Training = new(
            "sequential", ["dense 10 -> 64, relu", "dense 64 -> 32, relu", "dense 32 -> 1, sigmoid"], 2817, 10,
            [
                Curve("loss", 12, epoch => 0.38 + (0.31 * Math.Exp(-epoch / 3.0))), Curve("accuracy", 12, epoch => 0.83 - (0.2 * Math.Exp(-epoch / 2.5))),
                Curve("val_loss", 12, epoch => 0.43 + (0.26 * Math.Exp(-epoch / 2.5)) + (0.002 * epoch)),
                Curve("val_accuracy", 12, epoch => epoch == 0 ? null : 0.8 - (0.15 * Math.Exp(-epoch / 2.0))),
            ],
            [.. Enumerable.Range(1, 5).Select(Fold)]),
        Evaluation = new(
            [Died, Survived], [[120, 17], [26, 60]], [new(Survived, 0.8512, Roc())],
            [.. Enumerable.Range(0, 10).Where(bin => bin != 7).Select(Bin)]),
        Service = new("v2", 223, 5.96e-8, 0, true),
        Loads =
        [
            Load(Closed, 2000, 2000, 2000, [], 9.8, false, 0.0021), Load(Steady, 2000, 2000, 1983, [new("error: 503", 12), new("timeout", 5)], 10.02, false, 0.0034),
            Load(Burst, 4000, 1631, 1600, [new("never_sent", 2369), new("truncated", 31)], 4.1, true, 0.012),
        ],
        Slices =
        [
            Slice("embarked", "Q", 49, 0.612, 0.478, 0.731, -0.216, -0.361, -0.083, 0.004, true),
            Slice("class", "third", 122, 0.754, 0.671, 0.822, -0.112, -0.216, -0.004, 0.061, false),
            Slice("sex", "male", 134, 0.761, 0.682, 0.826, -0.16, -0.247, -0.06, 0.012, true),
            Slice("embarked", "S", 161, 0.826, 0.76, 0.877, 0.036, -0.06, 0.161, 0.61, false),
            Slice("sex", "女", 89, 0.921, 0.846, 0.962, 0.16, 0.06, 0.247, 0.012, false),
            new("deck", "T", Undefined("accuracy", "no rows in the slice"), null, null, null, null, false),
        ],
        Optimise = new(
            "log_loss", true,
            [
                Trial(0, 0.001, 32, 0.452), Trial(1, 0.01, 32, 0.471), Trial(2, 0.003, 64, 0.447), Trial(3, 0.1, 64, null), Trial(4, 0.0003, 32, 0.502),
                Trial(5, 0.003, 16, 0.459),
            ],
            2, -0.005, -0.021, 0.011, 0.46, 1, "Trial 2 is indistinguishable from the default."),
        Tasks =
        [
            new("gsm8k", "tiny-lm", "strict", 200, Counts(("ok", 171), ("wrong_format", 27), ("timeout", 2)),
                [new("gsm8k-12", "18", "17"), new("gsm8k-31", "a|b", "`<script>alert(1)</script>`\n[x](javascript:alert(1))"), new("gsm8k-40", "5", null)]),
            new("gsm8k", "tiny-lm", "flexible", 200, Counts(("ok", 198), ("timeout", 2)), []),
        ],
    };

    /// <summary>A run that did nothing.</summary>
    public static Report Empty { get; } = new()
    {
        Assay = "0.1.0",
        Command = "run",
        Run = "20260301-120000-nothing-7",
        Name = "nothing",
        Verdict = Verdict.Incomplete,
        VerdictReason = "Nothing was run.",
        Seed = 7,
        Started = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Seconds = 0,
        Environment = new("Debian GNU/Linux 12", "AMD EPYC 9554", 2, ".NET 10.0.1"),
        Stages = [],
    };

    static IEnumerable<Estimate> Evaluation() =>
    [
        Of("accuracy", 0.8072, 0.7504, 0.8535, 223, "wilson"), Of("precision", 0.7792, 0.6745, 0.8571, 77, "wilson"),
        Of("recall", 0.6977, 0.5938, 0.7846, 86, "wilson"), Of("f1", 0.7362, 0.6519, 0.8052, 223, "bootstrap-bca"),
        Of("roc_auc", 0.8512, 0.7967, 0.8989, 223, "delong"), Of("mcc", 0.5853, 0.4688, 0.6907, 223, "bootstrap-bca"),
        Of("log_loss", 0.4413, 0.3711, 0.5269, 223, "bootstrap-bca") with { Excluded = 2, Reason = "2 rows without a probability" },
        Undefined("f1/macro", "no row of class 'crew'"), OfClass("precision", Died, 0.8219, 0.7519, 0.8755, 146),
        OfClass("recall", Died, 0.8759, 0.8104, 0.921, 137), OfClass("precision", Survived, 0.7792, 0.6745, 0.8571, 77),
        OfClass("recall", Survived, 0.6977, 0.5938, 0.7846, 86),
    ];

    static IEnumerable<Estimate> Service() => [Of("accuracy", 0.8072, 0.7504, 0.8535, 223, "wilson") with { Stage = "service" }];

    static IEnumerable<Estimate> Loads() => new[] { (Closed, 2000L, 0.0021, 204.1), (Steady, 2000L, 0.0034, 199.6), (Burst, 1631L, 0.012, 397.8) }.SelectMany(load => new[]
    {
        OfLoad(load.Item1, "request_rate", load.Item4, load.Item4 - 8.8, load.Item4 + 8.7, load.Item2, "1/s"),
        OfLoad(load.Item1, "goodput", load.Item4 * 0.99, (load.Item4 * 0.99) - 8.7, (load.Item4 * 0.99) + 8.7, load.Item2, "1/s"),
        OfLoad(load.Item1, "latency/p50", load.Item3, load.Item3 * 0.97, load.Item3 * 1.04, load.Item2, "s"),
        OfLoad(load.Item1, "latency/p90", load.Item3 * 2.1, load.Item3 * 1.9, load.Item3 * 2.3, load.Item2, "s"),
        OfLoad(load.Item1, "latency/p99", load.Item3 * 6.3, load.Item3 * 5.2, load.Item3 * 9.1, load.Item2, "s"),
        load.Item1 == Burst
            ? OfLoad(load.Item1, "latency/p99.9", null, null, null, load.Item2, "s") with { Method = null, Reason = "needs 10000 requests" }
            : OfLoad(load.Item1, "latency/p99.9", load.Item3 * 12, load.Item3 * 8, load.Item3 * 40, load.Item2, "s"),
        OfLoad(load.Item1, "cpu_seconds/per_1000", 0.412, null, null, load.Item2, "s"), OfLoad(load.Item1, "memory/peak", 148635648, null, null, 1, "bytes"),
    });

    static IEnumerable<Estimate> Tasks() =>
    [
        Of("exact_match", 0.415, 0.349, 0.4843, 200, "wilson") with { Task = "gsm8k", Model = "tiny-lm", Filter = "strict", Excluded = 29 },
        Of("exact_match", 0.47, 0.402, 0.539, 200, "wilson") with { Task = "gsm8k", Model = "tiny-lm", Filter = "flexible", Excluded = 2 },
    ];

    static Estimate Of(string metric, double? value, double? low, double? high, long n, string? method) => new()
    {
        Metric = metric,
        Value = value,
        Low = low,
        High = high,
        N = n,
        Method = method,
        Definition = metric.Split('/')[0],
        Stage = "evaluate",
        Model = "sequential",
    };

    static Estimate OfClass(string metric, string label, double value, double low, double high, long n) =>
        Of($"{metric}/class", value, low, high, n, "wilson") with { Slice = new Dictionary<string, string> { ["survived"] = label } };

    static Estimate OfLoad(string load, string metric, double? value, double? low, double? high, long n, string unit) =>
        Of(metric, value, low, high, n, low is null ? null : "order-statistics") with
        {
            Stage = "load",
            Unit = unit,
            Slice = new Dictionary<string, string> { ["load"] = load },
        };

    static Estimate Undefined(string metric, string reason) => Of(metric, null, null, null, 0, null) with { Reason = reason };

    static Series Curve(string name, int epochs, Func<int, double?> value) => new(name, [.. Enumerable.Range(0, epochs).Select(value)]);

    static FoldSection Fold(int number) => new(
        number, 709, 177 + (number % 2),
        new Dictionary<string, double?> { ["accuracy"] = 0.79 + (0.008 * number), ["f1"] = 0.72 + (0.01 * number), ["roc_auc"] = number == 3 ? null : 0.85 }.ToImmutableSortedDictionary());

    static ImmutableArray<CurvePoint> Roc() =>
        [.. Enumerable.Range(0, 41).Select(step => new CurvePoint(step / 40.0, Math.Round(Math.Pow(step / 40.0, 0.2), 4)))];

    static CalibrationSection Bin(int bin)
    {
        var middle = (bin + 0.5) / 10;
        var observed = Math.Round(Math.Pow(middle, 1.3), 3);
        var half = 0.04 + (0.012 * bin);
        return new(bin / 10.0, (bin + 1) / 10.0, 60 - (5 * bin), middle, observed, Math.Max(0, observed - half), Math.Min(1, observed + half));
    }

    static LoadSection Load(
        string name, long planned, long sent, long ok, KeyValuePair<string, long>[] failures, double seconds, bool cancelled, double median) => new(
        name, name, planned, sent, ok, failures.ToImmutableSortedDictionary(), seconds, cancelled,
        [
            new("latency_p99", 0.05, median * 6.3, median * 6.3 <= 0.05), .. cancelled ? [new SloSection("latency_p99.9", 0.5, null, false)] : Array.Empty<SloSection>(),
        ],
        [.. Enumerable.Range(1, 50).Select(step => new CurvePoint(median * Math.Pow(step / (50.5 - step), 0.45), step / 50.0))]);

    static SliceSection Slice(
        string column, string value, long n, double accuracy, double low, double high, double difference, double differenceLow, double differenceHigh, double p, bool isWeak) => new(
        column, value,
        Of("accuracy", accuracy, low, high, n, "wilson") with { Slice = new Dictionary<string, string> { [column] = value } },
        difference, differenceLow, differenceHigh, p, isWeak);

    static TrialSection Trial(int number, double learningRate, double batchSize, double? mean) => new(
        number, new Dictionary<string, ParameterValue> { ["learning_rate"] = learningRate, ["batch_size"] = batchSize }.ToImmutableSortedDictionary(),
        [.. new[] { -0.02, 0.01, 0.01 }.Select(offset => mean + offset)], mean);

    static ImmutableSortedDictionary<string, long> Counts(params (string Outcome, long Count)[] counts) =>
        counts.ToImmutableSortedDictionary(item => item.Outcome, item => item.Count);
}
