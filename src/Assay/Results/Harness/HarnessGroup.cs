using Assay.Tasks;

namespace Assay.Results.Harness;

/// <summary>A group's means and pooled standard errors out of its tasks' results. Source: lm-evaluation-harness, api/group.py, aggregate.</summary>
static class HarnessGroup
{
    /// <summary>As a task's results; <c>sample_count</c> has the samples of each mean.</summary>
    /// <param name="group">The group.</param>
    /// <param name="tasks">The results of the tasks by their names; those that are not there are left out.</param>
    public static OrderedDictionary<string, object?> Of(TaskGroup group, IReadOnlyDictionary<string, object?> tasks)
    {
        var results = new OrderedDictionary<string, object?>(StringComparer.Ordinal) { ["alias"] = group.Alias ?? group.Name, ["name"] = group.Name };
        if (group.Aggregates.IsEmpty)
        {
            return results;
        }

        IReadOnlyDictionary<string, object?>[] leaves = [.. group.Leaves.Select(leaf => tasks.GetValueOrDefault(leaf.Name)).OfType<IReadOnlyDictionary<string, object?>>()];
        var counts = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        results["sample_len"] = leaves.Sum(Size);
        foreach (var aggregate in group.Aggregates)
        {
            foreach (var filter in aggregate.Filters.IsEmpty ? Filters(leaves, aggregate.Metric) : [.. aggregate.Filters])
            {
                var (value, error) = ($"{aggregate.Metric},{filter}", $"{aggregate.Metric}_stderr,{filter}");
                IReadOnlyDictionary<string, object?>[] with = [.. leaves.Where(leaf => leaf.GetValueOrDefault(value) is double)];
                if (with.Length == 0)
                {
                    continue;
                }

                long[] sizes = [.. with.Select(Size)];
                results[value] = Mean(with, value, aggregate.WeightBySize ? sizes : [.. sizes.Select(_ => 1L)]);
                counts[value] = sizes.Sum();
                double[] errors = [.. with.Select(leaf => leaf.GetValueOrDefault(error)).OfType<double>()];
                results[error] = errors.Length == with.Length && sizes.Sum() > sizes.Length ? HarnessStandardError.Pooled(errors, sizes) : HarnessTaskTally.None;
            }
        }

        if (counts.Count > 0)
        {
            results["sample_count"] = counts;
        }

        return results;
    }

    static long Size(IReadOnlyDictionary<string, object?> leaf) => (long)leaf["sample_len"]!;

    static double Mean(IReadOnlyDictionary<string, object?>[] leaves, string key, long[] weights) =>
        leaves.Zip(weights, (leaf, weight) => (double)leaf[key]! * weight).Sum() / weights.Sum();

    static string[] Filters(IReadOnlyDictionary<string, object?>[] leaves, string metric) =>
        [.. leaves.SelectMany(leaf => leaf.Keys).Where(key => key.StartsWith($"{metric},", StringComparison.Ordinal)).Select(key => key[(metric.Length + 1)..]).Distinct().Order(StringComparer.Ordinal)];
}
