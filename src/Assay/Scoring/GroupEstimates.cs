using System.Collections.Immutable;
using Assay.Models;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>The means of a group over its tasks, with the standard error that belongs to each kind of mean.</summary>
public static class GroupEstimates
{
    /// <summary>
    /// Per line of the group's aggregate_metric_list and filter: the mean over the tasks, weighted by their samples or not. Its interval counts the tasks
    /// as fixed and their samples as drawn: variance Σ w² s² / n with w the task's weight, method <c>stratified-t</c> (degrees of freedom after
    /// Satterthwaite); where nothing varies and the samples are right or wrong, <c>wilson</c> over all of them, of a weighted mean only. Beside it
    /// <c>metric/pooled_stderr</c>, lm-evaluation-harness's own formula, which leaves out the differences between tasks and always weights by size.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="scores">The scores of each task by its name.</param>
    public static ImmutableArray<Estimate> Compute(TaskGroup group, string model, IReadOnlyDictionary<string, IReadOnlyList<SampleScore>> scores)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(scores);
        var estimates = ImmutableArray.CreateBuilder<Estimate>();
        foreach (var aggregate in group.Aggregates)
        {
            var tasks = group.Leaves.Where(leaf => scores.ContainsKey(leaf.Name)).ToArray();
            var filters = tasks.SelectMany(task => scores[task.Name].Select(score => score.Filter)).Distinct()
                .Where(filter => aggregate.Filters.IsEmpty || aggregate.Filters.Contains(filter));
            foreach (var filter in filters)
            {
                estimates.AddRange(Of(aggregate, [.. tasks.Select(task => Stratum.Of(scores[task.Name], filter, aggregate.Metric)).Where(task => task.Samples > 0)])
                    .Select(estimate => estimate with { Stage = "evaluate", Task = group.Name, Model = model, Filter = filter }));
            }
        }

        return estimates.ToImmutable();
    }

    static IEnumerable<Estimate> Of(GroupMetric aggregate, Stratum[] tasks)
    {
        var total = tasks.Sum(task => (double)task.Values.Length);
        var estimate = new Estimate
        {
            Metric = aggregate.Metric,
            Definition = aggregate.WeightBySize ? $"{aggregate.Metric}/group" : $"{aggregate.Metric}/group_macro",
            N = (long)total,
            Excluded = tasks.Sum(task => (long)task.Samples) - (long)total,
        };
        if (tasks.Length == 0 || tasks.Any(task => task.Values.Length == 0))
        {
            yield return estimate with { Reason = tasks.Length == 0 ? "no task of the group has this metric" : "a task of the group has no scored sample" };
            yield break;
        }

        double[] weights = [.. tasks.Select(task => aggregate.WeightBySize ? task.Values.Length / total : 1.0 / tasks.Length)];
        var value = tasks.Zip(weights, (task, weight) => weight * task.Values.Average()).Sum();
        var interval = Interval(tasks, weights, value) ?? AllTheSame(aggregate, tasks);
        yield return interval is { } found
            ? (estimate with { Value = value }).With(found)
            : estimate with { Value = value, Reason = "no interval: nothing varies within the tasks, or a task has one sample" };
        if (tasks.All(task => task.Values.Length > 1))
        {
            yield return new Estimate
            {
                Metric = $"{aggregate.Metric}/pooled_stderr",
                Definition = "pooled_sample_stderr",
                Value = Pooled(tasks, total),
                N = (long)total,
                Reason = "lm-evaluation-harness's standard error of the group, not ours: it leaves out how the tasks differ and always weights by size",
            };
        }
    }

    static Interval? Interval(Stratum[] tasks, double[] weights, double value)
    {
        double[] parts = [.. tasks.Zip(weights, (task, weight) => weight * weight * task.SquaredError)];
        var variance = parts.Sum();
        if (!(variance > 0) || !double.IsFinite(variance))
        {
            return null;
        }

        var degrees = variance * variance / tasks.Zip(parts, (task, part) => part * part / (task.Values.Length - 1)).Sum();
        var half = MeanInterval.StudentTQuantile(0.95, degrees) * Math.Sqrt(variance);
        return new Interval(value - half, value + half, "stratified-t");
    }

    static Interval? AllTheSame(GroupMetric aggregate, Stratum[] tasks) =>
        aggregate.WeightBySize && tasks.All(task => Array.TrueForAll(task.Values, score => score is 0 or 1))
            ? Wilson.Interval(tasks.Sum(task => task.Values.LongCount(score => score == 1)), tasks.Sum(task => task.Values.LongLength))
            : null;

    static double Pooled(Stratum[] tasks, double total) =>
        Math.Sqrt(tasks.Sum(task => (task.Values.Length - 1) * task.SquaredError * task.Values.Length) / (total - tasks.Length) / total);

    // One task: its scored values, and the square of their mean's standard error.
    sealed record Stratum(double[] Values, int Samples, double SquaredError)
    {
        public static Stratum Of(IReadOnlyList<SampleScore> scores, string filter, string metric)
        {
            SampleScore[] ofFilter = [.. scores.Where(score => score.Filter == filter)];
            SampleScore[] scored = [.. ofFilter.Where(score => score.Scores.ContainsKey(metric))];
            double[] values = [.. scored.Select(score => score.Scores[metric])];
            var samples = values.Length == 0 && ofFilter.All(score => score.Outcome == Outcome.Ok) ? 0 : ofFilter.Length;
            return new Stratum(values, samples, SampleCluster.Numbers(scored) is { } clusters
                ? Math.Pow(ClusteredMean.StandardError(values, clusters), 2)
                : MeanInterval.Moments(values).Variance / values.Length);
        }
    }
}
