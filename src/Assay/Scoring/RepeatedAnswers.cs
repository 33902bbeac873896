using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>Several answers to one prompt, each scored by itself.</summary>
static class RepeatedAnswers
{
    /// <summary>
    /// Per metric: <c>metric/mean</c>; <c>metric/majority</c>, of the answer that stands most often, of several the one seen first; and where every score is 0
    /// or 1 <c>metric/pass@k</c> for k of 2, 4, 8, ... and all. Metrics of the whole corpus have none of these.
    /// </summary>
    public static Dictionary<string, double> Scores(TaskDefinition task, Sample sample, FilterPipeline filter, string[] texts)
    {
        string[] answers = [.. texts.Select(text => filter.Apply(sample.Document, text).Text)];
        var majority = answers.GroupBy(answer => answer, StringComparer.Ordinal).MaxBy(group => group.Count())!.Key;
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in task.Metrics.Where(metric => TaskCorpusMetrics.Find(metric.Name) is null))
        {
            double[] values = [.. answers.Select(answer => TextScorers.Score(metric, sample, answer))];
            scores[$"{metric.Name}/mean"] = values.Average();
            scores[$"{metric.Name}/majority"] = TextScorers.Score(metric, sample, majority);
            foreach (var k in Array.TrueForAll(values, value => value is 0 or 1) ? Sizes(values.Length) : [])
            {
                scores[$"{metric.Name}/pass@{k}"] = PassAtK.AnyOf(values.Length, values.Count(value => value == 1), k);
            }
        }

        return scores;
    }

    /// <summary>What is estimated of a task that asks several times, for one metric.</summary>
    public static IEnumerable<string> Names(string metric, int repeats) => repeats == 1 || TaskCorpusMetrics.Find(metric) is not null
        ? []
        : [$"{metric}/mean", $"{metric}/majority", .. Sizes(repeats).Select(k => $"{metric}/pass@{k}")];

    static IEnumerable<int> Sizes(int repeats)
    {
        for (var k = 2; k < repeats; k *= 2)
        {
            yield return k;
        }

        yield return repeats;
    }
}
