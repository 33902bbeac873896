using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>
/// A condition on a number: <c>[qualifier.]metric[.value|.low|.high|.n] (&gt;=|&lt;=|&gt;|&lt;|==) number</c>. Qualifiers are a
/// stage, task, model, filter or load profile; a metric's slash may be written as an underscore. Times take units: 50ms.
/// </summary>
public sealed partial record Gate
{
    static readonly string[] _stageOrder = ["evaluate", "train", "service", "load", "compare"];

    /// <summary>As written.</summary>
    public required string Condition { get; init; }

    /// <summary>All of them must match the estimate.</summary>
    public required ImmutableArray<string> Qualifiers { get; init; }

    /// <summary>The metric's name, in either spelling.</summary>
    public required string Metric { get; init; }

    /// <summary>value, low, high or n.</summary>
    public required string Field { get; init; }

    /// <summary>One of the five.</summary>
    public required string Comparison { get; init; }

    /// <summary>The right side; seconds for times.</summary>
    public required double Bound { get; init; }

    /// <summary>Null and a message when the condition cannot be read.</summary>
    public static Gate? Parse(string condition, out string? problem)
    {
        var match = Form().Match(condition);
        if (!match.Success)
        {
            problem = $"gate '{condition}' cannot be read; expected 'metric >= number', e.g. 'accuracy.low >= 0.75' or 'load.latency_p99 <= 50ms'.";
            return null;
        }

        if (!TryParseBound(match.Groups["bound"].Value, out var bound))
        {
            problem = $"gate '{condition}' compares with '{match.Groups["bound"].Value}', expected a number or a time such as 50ms.";
            return null;
        }

        var parts = SplitAtDots().Split(match.Groups["left"].Value);
        var hasField = parts.Length > 1 && parts[^1] is "value" or "low" or "high" or "n";
        var metric = hasField ? parts[^2] : parts[^1];
        problem = null;
        return new Gate
        {
            Condition = condition,
            Qualifiers = [.. parts[..^(hasField ? 2 : 1)]],
            Metric = metric,
            Field = hasField ? parts[^1] : "value",
            Comparison = match.Groups["op"].Value,
            Bound = bound,
        };
    }

    /// <summary>
    /// Holds the condition against every estimate it names; the worst decides. Without a qualifier the first stage of evaluate,
    /// train, service, load that has the metric is meant. Slices of the data are not meant, load profiles are; the baseline is meant only by
    /// its name.
    /// </summary>
    /// <param name="estimates">Of the run.</param>
    /// <param name="baseline">The baseline's model name; null where there is none.</param>
    public GateSection Judge(IEnumerable<Estimate> estimates, string? baseline = null)
    {
        var matches = estimates.Where(estimate => Means(estimate) && (baseline is null || estimate.Model != baseline || Qualifiers.Contains(baseline))).ToList();
        var stage = _stageOrder.FirstOrDefault(stage => matches.Any(estimate => estimate.Stage == stage));
        if (Qualifiers.IsEmpty && stage is not null)
        {
            matches = [.. matches.Where(estimate => estimate.Stage == stage)];
        }

        if (matches.Count == 0)
        {
            return new GateSection(Condition, null, false, "nothing of that name was measured");
        }

        if (matches.FirstOrDefault(estimate => FieldOf(estimate) is null) is { } undefined)
        {
            return new GateSection(Condition, null, false, undefined.Reason ?? $"'{Field}' is not known for '{undefined.Metric}'");
        }

        var values = matches.ConvertAll(estimate => FieldOf(estimate)!.Value);
        var worst = Comparison switch
        {
            "<=" or "<" => values.Max(),
            "==" => values.FirstOrDefault(value => !Compare(value), values[0]),
            _ => values.Min(),
        };
        return new GateSection(Condition, worst, values.TrueForAll(Compare), null);
    }

    bool Means(Estimate estimate) =>
        Spelling(estimate.Metric) == Spelling(Metric)
        && (estimate.Slice is null || estimate.Stage == "load")
        && Qualifiers.All(qualifier => Spelling(qualifier) is var name && Names(estimate).Any(other => other is not null && Spelling(other) == name));

    static IEnumerable<string?> Names(Estimate estimate) =>
        [estimate.Stage, estimate.Task, estimate.Model, estimate.Filter, .. estimate.Slice?.Values ?? []];

    internal static string Spelling(string name) => name.Replace('/', '_');

    double? FieldOf(Estimate estimate) => Field switch
    {
        "low" => estimate.Low,
        "high" => estimate.High,
        "n" => estimate.N,
        _ => estimate.Value,
    };

    bool Compare(double value) => Comparison switch
    {
        ">=" => value >= Bound,
        "<=" => value <= Bound,
        ">" => value > Bound,
        "<" => value < Bound,
        _ => value == Bound,
    };

    static bool TryParseBound(string text, out double bound)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out bound) && double.IsFinite(bound))
        {
            return true;
        }

        var isTime = Durations.TryParse(text, out var duration);
        bound = duration.TotalSeconds;
        return isTime;
    }

    // The dot of p99.9 separates nothing.
    [GeneratedRegex(@"(?<!(?:^|[/_.])p[0-9]+)\.|\.(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex SplitAtDots();

    [GeneratedRegex(@"^\s*(?<left>[^\s<>=]+)\s*(?<op>>=|<=|==|>|<)\s*(?<bound>[^\s<>=]+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
