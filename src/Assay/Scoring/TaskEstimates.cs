using System.Collections.Immutable;
using Assay.Metrics;
using Assay.Models;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>Folds the scores of a task's samples into estimates.</summary>
public static class TaskEstimates
{
    /// <summary>
    /// Per filter and metric the mean over all scored samples, or the score of their corpus, in which an answer of a wrong format counts as the harness
    /// counts it; beside it <c>metric/answered</c>, over the answers that could be extracted, where the two differ; then the counts of other outcomes
    /// than ok, such as <c>samples/wrong_format</c>. Holds a few numbers a sample.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="samples">One item a sample and filter, in any order.</param>
    /// <param name="options">Of the intervals of corpus metrics; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the resampling.</param>
    public static ImmutableArray<Estimate> Compute(
        TaskDefinition task, string model, IEnumerable<SampleScore> samples, EstimateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(samples);
        var columns = ScoreColumns.Of(samples);
        return [.. task.Filters.SelectMany(filter => OfFilter(task, columns.Filter(filter.Name), options ?? new EstimateOptions(), cancellationToken)
            .Select(estimate => estimate with { Stage = "evaluate", Task = task.Name, Model = model, Filter = filter.Name }))];
    }

    /// <summary>The same of what was stored of the scores. Corpus metrics are undefined: a sample's score does not sum up.</summary>
    /// <param name="task">The task.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="samples">One item a sample and filter, in any order.</param>
    public static ImmutableArray<Estimate> Compute(
        TaskDefinition task, string model, IEnumerable<(string Filter, Outcome Outcome, IReadOnlyDictionary<string, double> Scores)> samples) =>
        Compute(task, model, samples.Select(sample => new SampleScore(sample.Filter, null, sample.Outcome, sample.Scores, null)));

    static IEnumerable<Estimate> OfFilter(TaskDefinition task, FilterScores samples, EstimateOptions options, CancellationToken cancellationToken)
    {
        foreach (var metric in task.Metrics.Select(metric => metric.Name))
        {
            var scored = samples.Metric(metric);
            var extracted = scored.Where(row => samples.OutcomeOf(row) == Outcome.Ok);
            yield return Of(metric, samples, scored, options, cancellationToken);
            if (extracted.Count != scored.Count)
            {
                var answered = Of(metric, samples, extracted, options, cancellationToken);
                yield return answered with { Metric = $"{metric}/answered", Definition = $"{metric}/answered" };
            }

            foreach (var repeated in RepeatedAnswers.Names(metric, task.Repeats))
            {
                var asked = samples.Metric(repeated);
                if (asked.Count > 0 || scored.Count == 0)
                {
                    yield return Mean(repeated, samples, asked);
                }
            }
        }

        foreach (var outcome in Enum.GetValues<Outcome>().Where(outcome => outcome != Outcome.Ok && samples.CountOf(outcome) > 0))
        {
            var name = $"samples/{OutcomeName.Of(outcome)}";
            yield return new Estimate { Metric = name, Definition = name, Value = samples.CountOf(outcome), N = samples.Count, Reason = "a count, not an estimate" };
        }
    }

    static Estimate Of(string metric, FilterScores samples, MetricScores scored, EstimateOptions options, CancellationToken cancellationToken)
    {
        if (scored is { Count: > 0, HasNumbers: true } && LikelihoodEstimates.Knows(metric))
        {
            return LikelihoodEstimates.Of(metric, scored, options, cancellationToken) with { Excluded = samples.Count - scored.Count };
        }

        if (TaskCorpusMetrics.Find(metric) is not { } corpusMetric || scored.Count == 0)
        {
            return Mean(metric, samples, scored);
        }

        var estimate = scored.HasNumbers
            ? CorpusEstimates.Of(CorpusStatistics.OfRows(corpusMetric, scored.Numbers.ToArray()), options, cancellationToken)
            : new Estimate { Metric = metric, Definition = metric, N = scored.Count, Reason = "only the scores of single samples were kept, which do not sum up" };
        return estimate with { Excluded = samples.Count - scored.Count };
    }

    static Estimate Mean(string metric, FilterScores samples, MetricScores scored)
    {
        var values = scored.Values.ToArray();
        var definition = metric.IndexOf("/pass@", StringComparison.Ordinal) is > 0 and var at ? $"{metric[..at]}/pass@k" : metric;
        var estimate = new Estimate { Metric = metric, Definition = definition, N = values.Length, Excluded = samples.Count - values.Length };
        if (values.Length == 0)
        {
            return estimate with { Reason = samples.Count == 0 ? "no samples" : "no sample could be scored" };
        }

        estimate = estimate with { Value = values.Average() };
        if (samples.Clusters(scored.Rows) is { } clusters)
        {
            return Clustered(estimate, values, clusters);
        }

        var interval = Array.TrueForAll(values, value => value is 0 or 1)
            ? Wilson.Interval(values.LongCount(value => value == 1), values.Length)
            : MeanInterval.StudentT(values);
        return interval is { } found ? estimate.With(found) : estimate with { Reason = "an interval needs two finite scores" };
    }

    static Estimate Clustered(Estimate estimate, double[] values, int[] clusters)
    {
        var count = clusters.Max() + 1;
        return ClusteredMean.Interval(values, clusters) is { } interval
            ? estimate.With(interval) with { Reason = $"{values.Length} samples in {count} clusters" }
            : estimate with { Reason = $"an interval needs two clusters; {values.Length} samples are in {count}" };
    }
}
