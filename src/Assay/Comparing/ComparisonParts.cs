using System.Collections.Immutable;
using Assay.Statistics;

namespace Assay.Comparing;

/// <summary>The parts of one comparison, before the p-values of all are corrected.</summary>
sealed class ComparisonParts(RunScores a, RunScores b)
{
    readonly List<TaskPairing> _pairings = [];
    readonly List<ScoreDifference> _slices = [];
    readonly List<ScoreDifference> _costs = [];
    readonly List<Flip> _flips = [];
    readonly List<string> _warnings = [];

    public List<ScoreDifference> Scores { get; } = [];

    public static ComparisonParts Of(RunScores a, RunScores b, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var parts = new ComparisonParts(a, b);
        var matched = MatchedColumns.Of(a, b, options, parts._warnings);
        foreach (var (first, second) in matched)
        {
            parts.Add(new TaskComparison(first, second, options, cancellationToken));
        }

        // Tokens and time are of the answer, whatever filter reads it.
        foreach (var (first, second) in matched.DistinctBy(pair => (pair.A.Task, pair.A.Model, pair.B.Model)))
        {
            parts._costs.AddRange(new TaskComparison(first, second, options, cancellationToken).Costs());
        }

        return parts;
    }

    public RunComparison Finish(ImmutableArray<ScoreDifference> scores, int tests, ComparisonOptions options)
    {
        var differences = a.Header is { } first && b.Header is { } second ? RunDifferences.Of(first, second) : [];
        var slices = Verdicts.Judge(_slices, options, Multiplicity.BenjaminiHochberg);
        return new RunComparison
        {
            A = a.Describe(),
            B = b.Describe(),
            Verdict = Verdicts.Overall(scores),
            Alpha = options.Alpha,
            Margin = options.Margin,
            Tests = tests,
            Scores = scores,
            Slices = [.. slices.OrderBy(row => row.Difference is null).ThenBy(row => row.HigherIsBetter ? row.Difference : -row.Difference)],
            Costs = [.. Verdicts.Judge(_costs, options with { Margin = null }, Multiplicity.Holm)],
            Pairings = [.. _pairings],
            Flips = [.. _flips],
            Differences = differences,
            Warnings = [.. _warnings],
        };
    }

    void Add(TaskComparison task)
    {
        var pairing = task.Pairing;
        _pairings.Add(pairing);
        var name = pairing.Task ?? "the table";
        if (pairing.Pairs == 0)
        {
            _warnings.Add($"{name}: no sample of {a.Label} is in {b.Label} too, so they are compared as independent samples, which finds less.");
        }
        else if (pairing.OnlyA + pairing.OnlyB > 0)
        {
            _warnings.Add(FormattableString.Invariant($"{name}: {pairing.Pairs} samples are in both runs and compared; {pairing.OnlyA} only in {a.Label} and {pairing.OnlyB} only in {b.Label} are not."));
        }

        if (pairing.OtherTarget > 0)
        {
            _warnings.Add(FormattableString.Invariant($"{name}: {pairing.OtherTarget} samples have the same id and another target, so they are not the same samples and are not paired: the data differ."));
        }

        foreach (var metric in task.OnlyOne)
        {
            _warnings.Add($"{name}: {metric} was measured in one of the runs only.");
        }

        Scores.AddRange(task.Scores());
        _slices.AddRange(task.Slices(_warnings));
        _flips.AddRange(task.Flips());
    }
}
