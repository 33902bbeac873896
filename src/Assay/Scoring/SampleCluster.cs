using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Scoring;

/// <summary>Samples that belong together, such as the questions about one passage.</summary>
static class SampleCluster
{
    /// <summary>The sample's cluster; null where the task names no column for it.</summary>
    public static string? Of(TaskDefinition task, Sample sample) => task.Cluster is { } column ? PythonText.Str(sample.Document[column]) : null;

    /// <summary>The cluster of each sample, numbered as they come; null unless every sample has one.</summary>
    public static int[]? Numbers(IReadOnlyCollection<SampleScore> samples)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return samples.Count > 0 && samples.All(sample => sample.Cluster is not null)
            ? [.. samples.Select(sample => known.TryGetValue(sample.Cluster!, out var number) ? number : known[sample.Cluster!] = known.Count)]
            : null;
    }
}
