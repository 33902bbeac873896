using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Assay.Metrics;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>
/// The harness's <c>bleu</c>, <c>chrf</c> and <c>ter</c>: sacrebleu's corpus scores with its defaults. All targets of a sample are its references, where
/// the harness itself fails on more than one.
/// </summary>
static class TaskCorpusMetrics
{
    // BLEU of one sample alone leaves out orders that it has not; the numbers are the same.
    static readonly BleuOptions _alone = new() { EffectiveOrder = true };

    static readonly Dictionary<string, CorpusMetric> _metrics = new(StringComparer.Ordinal)
    {
        ["bleu"] = Bleu.Metric(),
        ["chrf"] = Chrf.Metric(),
        ["ter"] = Ter.Metric(),
    };

    /// <summary>The metric of this name, or null when it is none of the whole corpus.</summary>
    public static CorpusMetric? Find(string name) => _metrics.GetValueOrDefault(name);

    /// <summary>The numbers of a sample for each corpus metric of the task.</summary>
    public static ImmutableDictionary<string, ImmutableArray<double>> Summarize(TaskDefinition task, Sample sample, string answer)
    {
        var all = ImmutableDictionary<string, ImmutableArray<double>>.Empty;
        foreach (var name in task.Metrics)
        {
            if (Find(name.Name) is { } metric)
            {
                var numbers = new double[metric.Width];
                metric.Summarize(answer, sample.Targets.AsSpan(), numbers);
                all = all.Add(metric.Name, ImmutableCollectionsMarshal.AsImmutableArray(numbers));
            }
        }

        return all;
    }

    /// <summary>The score of one sample alone.</summary>
    public static double OfSample(string metric, ImmutableArray<double> numbers) =>
        metric == "bleu" ? Bleu.Score(numbers.AsSpan(), _alone) : _metrics[metric].Score(numbers.AsSpan());
}
