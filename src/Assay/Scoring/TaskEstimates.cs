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
        var byFilter = samples.ToLookup(sample => sample.Filter, StringComparer.Ordinal);
        return [.. task.Filters.SelectMany(filter => OfFilter(task, [.. byFilter[filter.Name]], options ?? new EstimateOptions(), cancellationToken)
            .Select(estimate => estimate with { Stage = "evaluate", Task = task.Name, Model = model, Filter = filter.Name }))];
    }

    /// <summary>The same of what was stored of the scores. Corpus metrics are undefined: a sample's score does not sum up.</summary>
    /// <param name="task">The task.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="samples">One item a sample and filter, in any order.</param>
    public static ImmutableArray<Estimate> Compute(
        TaskDefinition task, string model, IEnumerable<(string Filter, Outcome Outcome, IReadOnlyDictionary<string, double> Scores)> samples) =>
        Compute(task, model, samples.Select(sample => new SampleScore(sample.Filter, null, sample.Outcome, sample.Scores, null)));

    static IEnumerable<Estimate> OfFilter(TaskDefinition task, IReadOnlyList<SampleScore> samples, EstimateOptions options, CancellationToken cancellationToken)
    {
        foreach (var metric in task.Metrics.Select(metric => metric.Name))
        {
            SampleScore[] scored = [.. samples.Where(sample => sample.Scores.ContainsKey(metric))];
            SampleScore[] extracted = [.. scored.Where(sample => sample.Outcome == Outcome.Ok)];
            yield return Of(metric, scored, samples.Count, options, cancellationToken);
            if (extracted.Length != scored.Length)
            {
                var answered = Of(metric, extracted, samples.Count, options, cancellationToken);
                yield return answered with { Metric = $"{metric}/answered", Definition = $"{metric}/answered" };
            }

            foreach (var repeated in RepeatedAnswers.Names(metric, task.Repeats))
            {
                SampleScore[] asked = [.. samples.Where(sample => sample.Scores.ContainsKey(repeated))];
                if (asked.Length > 0 || scored.Length == 0)
                {
                    yield return Mean(repeated, asked, samples.Count);
                }
            }
        }

        foreach (var group in samples.Where(sample => sample.Outcome != Outcome.Ok).CountBy(sample => sample.Outcome).OrderBy(group => group.Key))
        {
            var name = $"samples/{OutcomeName.Of(group.Key)}";
            yield return new Estimate { Metric = name, Definition = name, Value = group.Value, N = samples.Count, Reason = "a count, not an estimate" };
        }
    }

    static Estimate Of(string metric, SampleScore[] scored, int samples, EstimateOptions options, CancellationToken cancellationToken)
    {
        if (scored.Length > 0 && scored[0].Numbers.ContainsKey(metric) && LikelihoodEstimates.Knows(metric))
        {
            return LikelihoodEstimates.Of(metric, scored, options, cancellationToken) with { Excluded = samples - scored.Length };
        }

        if (TaskCorpusMetrics.Find(metric) is not { } corpusMetric || scored.Length == 0)
        {
            return Mean(metric, scored, samples);
        }

        var estimate = scored.All(sample => sample.Numbers.ContainsKey(metric))
            ? CorpusEstimates.Of(CorpusStatistics.OfRows(corpusMetric, [.. scored.SelectMany(sample => sample.Numbers[metric])]), options, cancellationToken)
            : new Estimate { Metric = metric, Definition = metric, N = scored.Length, Reason = "only the scores of single samples were kept, which do not sum up" };
        return estimate with { Excluded = samples - scored.Length };
    }

    static Estimate Mean(string metric, SampleScore[] scored, int samples)
    {
        double[] values = [.. scored.Select(sample => sample.Scores[metric])];
        var definition = metric.IndexOf("/pass@", StringComparison.Ordinal) is > 0 and var at ? $"{metric[..at]}/pass@k" : metric;
        var estimate = new Estimate { Metric = metric, Definition = definition, N = values.Length, Excluded = samples - values.Length };
        if (values.Length == 0)
        {
            return estimate with { Reason = samples == 0 ? "no samples" : "no sample could be scored" };
        }

        estimate = estimate with { Value = values.Average() };
        if (SampleCluster.Numbers(scored) is { } clusters)
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
