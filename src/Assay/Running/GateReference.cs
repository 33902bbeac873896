using System.Collections.Immutable;
using Assay.Comparing;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>A number of the run by its name: <c>[qualifier.]metric[.value|.low|.high|.n]</c>; with the qualifier baseline that of the baseline.</summary>
sealed record GateReference
{
    const string OfBaseline = "baseline";

    static readonly string[] _stageOrder = ["evaluate", "train", "service", "load", "compare", "run"];

    static readonly string[] _fields = ["value", "low", "high", "n"];

    public required string Text { get; init; }

    public required ImmutableArray<string> Qualifiers { get; init; }

    public required string Metric { get; init; }

    public required string Field { get; init; }

    public bool IsOfBaseline => Qualifiers.Contains(OfBaseline);

    /// <summary>Null for what is no name of a number.</summary>
    public static GateReference? Parse(string text)
    {
        string[] parts = [.. Parts(text)];
        var hasField = parts.Length > 1 && _fields.Contains(parts[^1]);
        var metric = hasField ? parts[^2] : parts[^1];
        return metric.Length == 0 || _fields.Contains(metric) || metric is "NaN" or "Infinity" or "and" or "or" or "not" or OfBaseline
            || !metric.Any(char.IsLetter) || metric.Any(c => c is '=' or '!' or '\'' or '"' or '&' or '|')
            ? null
            : new GateReference { Text = text, Qualifiers = [.. parts[..^(hasField ? 2 : 1)]], Metric = metric, Field = hasField ? parts[^1] : "value" };
    }

    // Dots within quotes part nothing, and neither does that of p99.9.
    static IEnumerable<string> Parts(string text)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '\'';
            if (text[i] == '.' && !quoted && !IsDecimalPoint(text, i))
            {
                yield return Unquoted(text[start..i]);
                start = i + 1;
            }
        }

        yield return Unquoted(text[start..]);
    }

    static bool IsDecimalPoint(string text, int dot)
    {
        var before = text.AsSpan(0, dot).TrimEnd("0123456789");
        return before.Length < dot && before is [.., 'p'] && dot + 1 < text.Length && char.IsAsciiDigit(text[dot + 1]);
    }

    static string Unquoted(string part) => part.Length > 1 && part[0] == '\'' && part[^1] == '\'' ? part[1..^1] : part;

    /// <summary>
    /// Every number it names, or why there is none. Without a qualifier those of the first stage that has the metric. Slices of the data are not
    /// meant, load profiles are; a trained model's baseline is meant only by its name.
    /// </summary>
    public GateNumbers Find(GateFacts facts)
    {
        if (IsOfBaseline)
        {
            return OfBaselineRun(facts);
        }

        var matches = facts.Estimates.Where(estimate => Means(estimate) && (facts.Baseline is null || estimate.Model != facts.Baseline || Qualifiers.Contains(facts.Baseline))).ToList();
        var stage = _stageOrder.FirstOrDefault(stage => matches.Any(estimate => estimate.Stage == stage));
        if (Qualifiers.IsEmpty && stage is not null)
        {
            matches = [.. matches.Where(estimate => estimate.Stage == stage)];
        }

        return matches.Count == 0 ? GateNumbers.None("nothing of that name was measured")
            : matches.FirstOrDefault(estimate => FieldOf(estimate) is null) is { } undefined ? GateNumbers.None(undefined.Reason ?? $"'{Field}' is not known for '{undefined.Metric}'")
            : new GateNumbers([.. matches.Select(estimate => FieldOf(estimate)!.Value)], null);
    }

    /// <summary>The rows of the comparison with the baseline that it names.</summary>
    public ImmutableArray<ScoreDifference> Compared(GateFacts facts) => [.. facts.Scores.Where(row =>
        Gate.Spelling(row.Metric) == Gate.Spelling(Metric)
        && Qualifiers.Where(qualifier => qualifier != OfBaseline).All(qualifier => new[] { row.Task, row.ModelB, row.Filter, "evaluate" }.Any(name => name is not null && Gate.Spelling(name) == Gate.Spelling(qualifier))))];

    GateNumbers OfBaselineRun(GateFacts facts)
    {
        var rows = Compared(facts);
        return Field != "value" ? GateNumbers.None("of a baseline only the value is known; ask for 'not worse than baseline', which heeds the interval")
            : rows.IsEmpty ? GateNumbers.None(facts.WhyNoBaseline ?? "nothing of that name was compared with the baseline")
            : rows.Any(row => row.ValueA is null) ? GateNumbers.None(rows.First(row => row.ValueA is null).Reason ?? "it is not defined")
            : new GateNumbers([.. rows.Select(row => row.ValueA!.Value)], null);
    }

    bool Means(Estimate estimate) =>
        Gate.Spelling(estimate.Metric) == Gate.Spelling(Metric)
        && (estimate.Slice is null || estimate.Stage == "load")
        && Qualifiers.All(qualifier => Gate.Spelling(qualifier) is var name && Names(estimate).Any(other => other is not null && Gate.Spelling(other) == name));

    static IEnumerable<string?> Names(Estimate estimate) =>
        [estimate.Stage, estimate.Task, estimate.Model, estimate.Filter, .. estimate.Slice?.Values ?? []];


    double? FieldOf(Estimate estimate) => Field switch
    {
        "low" => estimate.Low,
        "high" => estimate.High,
        "n" => estimate.N,
        _ => estimate.Value,
    };
}

/// <summary>What a gate can be held against.</summary>
/// <param name="Estimates">Of the run, and its totals.</param>
/// <param name="Baseline">The name of the model that looks at no feature; null where there is none.</param>
/// <param name="Scores">Against the stored baseline.</param>
/// <param name="WhyNoBaseline">Why there are no such scores; null when there are.</param>
/// <param name="Margin">Of the stored baseline; null without one.</param>
sealed record GateFacts(IReadOnlyCollection<Estimate> Estimates, string? Baseline, ImmutableArray<ScoreDifference> Scores, string? WhyNoBaseline, double? Margin = null);

/// <summary>Numbers, or why there are none.</summary>
sealed record GateNumbers(ImmutableArray<double> Values, string? Reason)
{
    public static GateNumbers None(string reason) => new([], reason);
}
