using System.Collections.Immutable;
using Assay.Comparing;
using Assay.Results;

namespace Assay.Running;

/// <summary>Holds a run against a stored one, sample by sample, as its records are made.</summary>
sealed class StoredBaseline
{
    readonly Spec _spec;
    readonly RunScores _own;

    StoredBaseline(Spec spec, RunHeader own, RunScores? baseline, string? why)
    {
        (_spec, Scores, _own, WhyNone) = (spec, baseline, new RunScores(own.Id, own), why);
    }

    /// <summary>Null where the spec names none.</summary>
    /// <exception cref="UserErrorException">There is no store, or no run of this id, or it has nothing to compare with.</exception>
    public static async Task<StoredBaseline?> LoadAsync(Spec spec, RunServices services, ReportBuilder report, CancellationToken cancellationToken)
    {
        if (spec.Baseline is not { } wanted)
        {
            return null;
        }

        if (services.Store is not { } store)
        {
            throw new UserErrorException($"'baseline: {wanted.Run}' is a stored run, and this run has no store to find it in. Give one, or take 'baseline' out.");
        }

        var own = Recorder.HeaderOf(spec, services, report);
        var found = await FinishedRun.FindAsync(store, wanted.Run, spec.Name, cancellationToken).ConfigureAwait(false);
        if (found is not null && found.Header.Id != report.Run && await store.ReadAsync(found.Header.Id, cancellationToken).ConfigureAwait(false) is { } stored)
        {
            return new StoredBaseline(spec, own, await RunScores.ReadAsync(stored, cancellationToken: cancellationToken).ConfigureAwait(false), null);
        }

        return new StoredBaseline(spec, own, null, $"there is no earlier run for 'baseline: {wanted.Run}'");
    }

    /// <summary>The stored scores; null where there is no such run.</summary>
    public RunScores? Scores { get; }

    /// <summary>Why there is no comparison; null when there is one.</summary>
    public string? WhyNone { get; private set; }

    public void Add(Record record) => _own.Add(record);

    /// <summary>The comparison of what was done so far; null where there is nothing to compare.</summary>
    /// <param name="adjust">Gives the rows of tasks that might end early their own intervals.</param>
    public RunComparison? Compare(Func<ScoreDifference, ScoreDifference> adjust)
    {
        if (Scores is null || _own.Models.Count == 0)
        {
            WhyNone ??= "this run has no scores to compare";
            return null;
        }

        try
        {
            var comparison = Comparison.Compare(Scores, _own, new ComparisonOptions
            {
                Margin = _spec.Baseline!.Margin,
                Seed = _spec.Seed,
                LowerIsBetter = [.. _spec.Tasks.SelectMany(task => task.Metrics).Where(metric => !metric.HigherIsBetter).Select(metric => metric.Name).Distinct()],
            });
            ImmutableArray<ScoreDifference> scores = [.. comparison.Scores.Select(adjust)];
            return comparison with { Scores = scores, Verdict = Verdicts.Overall(scores) };
        }
        catch (UserErrorException e)
        {
            // All answers are there and paid for: the report says what the comparison lacks.
            WhyNone = e.Message;
            return null;
        }
    }
}
