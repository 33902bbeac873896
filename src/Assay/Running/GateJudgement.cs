using System.Collections.Immutable;
using Assay.Comparing;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>A run's gates and its stored baseline, held against what was measured.</summary>
static class GateJudgement
{
    /// <param name="spec">Has the gates.</param>
    /// <param name="estimates">Of the run, with its totals.</param>
    /// <param name="plain">The name of the model that looks at no feature; null where there is none.</param>
    /// <param name="against">The stored baseline; null where the spec names none.</param>
    /// <param name="comparison">With it; null where there is none.</param>
    public static ImmutableArray<GateSection> Of(Spec spec, IReadOnlyCollection<Estimate> estimates, string? plain, StoredBaseline? against, RunComparison? comparison)
    {
        var facts = new GateFacts(estimates, plain, comparison?.Scores ?? [], comparison is null ? against?.WhyNone ?? "there is no baseline to compare with" : null, spec.Baseline?.Margin);
        return [.. spec.Gates.Select(gate => gate.NeedsBaseline && IsExcused(spec, against)
            ? new GateSection(gate.Condition, null, true, $"not judged: {against!.WhyNone}, and it is not required")
            : gate.Judge(facts))];
    }

    public static IEnumerable<Finding> Findings(Spec spec, StoredBaseline? against, RunComparison? comparison)
    {
        if (against is null)
        {
            return [];
        }

        if (comparison is null)
        {
            return [new Finding("warning", $"Nothing was compared with the baseline: {against.WhyNone}.{(spec.Baseline!.Required ? " In the first run of a name, say 'baseline: {run: last, required: false}'." : "")}")];
        }

        var kind = comparison.Verdict switch
        {
            ComparisonVerdict.Worse => "weakness",
            ComparisonVerdict.Better => "strength",
            ComparisonVerdict.Equivalent or ComparisonVerdict.Undecided or _ => "advice",
        };
        return [new Finding(kind, $"Against the baseline {comparison.A.Label}: {ComparisonText.Conclusion(comparison)}")];
    }

    // Only when there is no such run at all: one that cannot be compared is a fault.
    static bool IsExcused(Spec spec, StoredBaseline? against) => spec.Baseline is { Required: false } && against is { Scores: null };
}
