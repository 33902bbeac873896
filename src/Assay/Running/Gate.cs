using System.Collections.Immutable;
using Assay.Comparing;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>
/// A condition on numbers: <c>[qualifier.]metric[.value|.low|.high|.n] (&gt;=|&lt;=|&gt;|&lt;|==) number</c>, with and, or, not, parentheses and
/// + - * / between blanks; or <c>metric not worse than baseline by 0.02</c>, <c>metric better than baseline</c>. Qualifiers are a stage,
/// task, model, filter or load profile, or baseline; a metric's slash may be written as an underscore. Times take units: 50ms. See docs/gates.md.
/// </summary>
public sealed record Gate
{
    Gate(string condition, GateExpression expression)
    {
        (Condition, Expression) = (condition, expression);
    }

    /// <summary>As written.</summary>
    public string Condition { get; }

    /// <summary>The metrics that it names, in either spelling.</summary>
    public ImmutableArray<string> Metrics => [.. Expression.References.Select(reference => reference.Metric).Distinct()];

    /// <summary>Whether it can be judged only beside a stored baseline.</summary>
    public bool NeedsBaseline => Parts(Expression).Any(part => part is GateAgainstBaseline) || Expression.References.Any(reference => reference.IsOfBaseline);

    internal GateExpression Expression { get; }

    /// <summary>Null and a message, with a mark below the place, when the condition cannot be read.</summary>
    public static Gate? Parse(string condition, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var (expression, at, message) = GateParser.Parse(condition);
        problem = expression is not null ? null
            : $"gate '{condition}' cannot be read: {message}.\n    {condition.ReplaceLineEndings(" ")}\n    {new string(' ', at)}^\n  Write such as 'accuracy.low >= 0.75', 'load.latency_p99 <= 50ms' or 'exact_match not worse than baseline by 0.02'.";
        return expression is null ? null : new Gate(condition, expression);
    }

    /// <summary>
    /// Holds the condition against every number it names; where several are named the worst decides, and what is undefined or was not
    /// measured breaks it. Without a qualifier the first stage of evaluate, train, service, load that has the metric is meant. Slices of the
    /// data are not meant, load profiles are; the model that looks at no feature is meant only by its name.
    /// </summary>
    /// <param name="estimates">Of the run.</param>
    /// <param name="baseline">The name of the model that looks at no feature; null where there is none.</param>
    /// <param name="comparison">Against a stored baseline; null where there is none.</param>
    public GateSection Judge(IEnumerable<Estimate> estimates, string? baseline = null, RunComparison? comparison = null) =>
        Judge(new GateFacts([.. estimates], baseline, comparison?.Scores ?? [], comparison is null ? "there is no baseline to compare with" : null, comparison?.Margin));

    internal GateSection Judge(GateFacts facts)
    {
        var verdict = Expression.Judge(facts);
        return new GateSection(Condition, verdict.Value, verdict.Holds, verdict.Reason);
    }

    internal static string Spelling(string name) => name.Replace('/', '_');

    internal static IEnumerable<GateExpression> Parts(GateExpression expression) => expression switch
    {
        GateJunction both => Parts(both.Left).Concat(Parts(both.Right)),
        GateNegation not => Parts(not.Inner),
        _ => [expression],
    };
}
