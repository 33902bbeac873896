using System.Collections.Immutable;
using System.Text.Json;
using Assay.Models;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>Folds the scores of a task's samples into estimates.</summary>
public static class TaskEstimates
{
    /// <summary>
    /// Per filter and metric the mean over all scored samples, in which an answer of a wrong format counts as the harness counts it; beside it
    /// <c>metric/answered</c>, over the answers that could be extracted, where the two differ; then the counts of other outcomes than ok, such as
    /// <c>samples/wrong_format</c>. Holds one number a sample.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="samples">One item a sample and filter, in any order: <see cref="SampleScore"/> or what was stored of it.</param>
    public static ImmutableArray<Estimate> Compute(
        TaskDefinition task, string model, IEnumerable<(string Filter, Outcome Outcome, IReadOnlyDictionary<string, double> Scores)> samples)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(samples);
        var byFilter = samples.ToLookup(sample => sample.Filter, StringComparer.Ordinal);
        return [.. task.Filters.SelectMany(filter => OfFilter(task, [.. byFilter[filter.Name].Select(sample => (sample.Outcome, sample.Scores))])
            .Select(estimate => estimate with { Stage = "evaluate", Task = task.Name, Model = model, Filter = filter.Name }))];
    }

    static IEnumerable<Estimate> OfFilter(TaskDefinition task, IReadOnlyList<(Outcome Outcome, IReadOnlyDictionary<string, double> Scores)> samples)
    {
        foreach (var metric in task.Metrics.Select(metric => metric.Name))
        {
            var scored = samples.Where(sample => sample.Scores.ContainsKey(metric)).ToArray();
            var all = Mean(metric, [.. scored.Select(sample => sample.Scores[metric])], samples.Count);
            yield return all;

            var answered = Mean(
                $"{metric}/answered",
                [.. scored.Where(sample => sample.Outcome == Outcome.Ok).Select(sample => sample.Scores[metric])],
                samples.Count);
            if (answered.N != all.N)
            {
                yield return answered;
            }
        }

        foreach (var group in samples.Where(sample => sample.Outcome != Outcome.Ok).CountBy(sample => sample.Outcome).OrderBy(group => group.Key))
        {
            var name = $"samples/{JsonNamingPolicy.SnakeCaseLower.ConvertName(group.Key.ToString())}";
            yield return new Estimate { Metric = name, Definition = name, Value = group.Value, N = samples.Count, Reason = "a count, not an estimate" };
        }
    }

    static Estimate Mean(string metric, double[] values, int samples)
    {
        var estimate = new Estimate { Metric = metric, Definition = metric, N = values.Length, Excluded = samples - values.Length };
        if (values.Length == 0)
        {
            return estimate with { Reason = samples == 0 ? "no samples" : "no sample could be scored" };
        }

        estimate = estimate with { Value = values.Average() };
        var interval = Array.TrueForAll(values, value => value is 0 or 1)
            ? Wilson.Interval(values.LongCount(value => value == 1), values.Length)
            : MeanInterval.StudentT(values);
        return interval is { } found ? estimate.With(found) : estimate with { Reason = "an interval needs two finite scores" };
    }
}
