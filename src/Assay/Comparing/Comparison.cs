using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Comparing;

/// <summary>Compares runs by their samples. The rules stand in docs/compare.md.</summary>
public static class Comparison
{
    /// <summary>B against the baseline A.</summary>
    /// <exception cref="UserErrorException">The runs have no model or no task in common.</exception>
    public static RunComparison Compare(RunScores a, RunScores b, ComparisonOptions? options = null, CancellationToken cancellationToken = default) =>
        Compare(a, [b], options, cancellationToken)[0];

    /// <summary>
    /// Each of the others against the baseline. Samples are paired by task, filter and id; models by name, or where each run has one only,
    /// whatever they are called. The p-values of all whole tasks of all these comparisons are corrected together.
    /// </summary>
    /// <exception cref="UserErrorException">Runs have no model or no task in common.</exception>
    public static ImmutableArray<RunComparison> Compare(
        RunScores baseline, IReadOnlyList<RunScores> others, ComparisonOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(others);
        options ??= new ComparisonOptions();
        var parts = others.Select(other => ComparisonParts.Of(baseline, other, options, cancellationToken)).ToArray();
        var family = parts.SelectMany(part => part.Scores).ToArray();
        var judged = Verdicts.Judge(family, options, Multiplicity.Holm);
        var strict = Verdicts.Judge([.. family.Select(row => row.FailuresAsWrong ?? row)], options, Multiplicity.Holm);
        ScoreDifference[] told = [.. judged.Zip(strict, (row, wrong) => row with { FailuresAsWrong = row.FailuresAsWrong is not null && wrong.Verdict != row.Verdict ? wrong : null })];
        var (comparisons, start, tests) = (ImmutableArray.CreateBuilder<RunComparison>(parts.Length), 0, family.Count(row => row.P is not null));
        foreach (var part in parts)
        {
            ImmutableArray<ScoreDifference> scores = [.. told[start..(start + part.Scores.Count)]];
            start += part.Scores.Count;
            comparisons.Add(part.Finish(scores, tests, options));
        }

        return comparisons.MoveToImmutable();
    }
}
