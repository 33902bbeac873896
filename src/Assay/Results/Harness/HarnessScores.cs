using System.Collections.Immutable;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Results.Harness;

/// <summary>The metrics of a logged sample as numbers of that sample alone.</summary>
static class HarnessScores
{
    /// <summary>Metric to score; without those that are no number of one sample.</summary>
    public static IReadOnlyDictionary<string, double> Read(Document line, ImmutableArray<Likelihood>? likelihoods)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in Names(line))
        {
            if (line.Columns.TryGetValue(metric, out var value) && Score(metric, value, line, likelihoods) is { } score)
            {
                scores[metric] = score;
            }
        }

        return scores;
    }

    /// <summary>How many of a sample's log-likelihoods are of choices after the prompt; with acc_mutual_info each is there once more without it.</summary>
    public static int Choices(Document line, int likelihoods) => Names(line).Contains("acc_mutual_info") ? likelihoods / 2 : likelihoods;

    // Old versions do not list them.
    static IEnumerable<string> Names(Document line) => line.Columns.GetValueOrDefault("metrics") is IReadOnlyList<object?> named
        ? named.OfType<string>()
        : line.Columns.Keys.Where(key => key is not ("doc_id" or "doc" or "target" or "arguments" or "resps" or "filtered_resps" or "filter") && !key.EndsWith("_hash", StringComparison.Ordinal));

    static double? Score(string metric, object? value, Document line, ImmutableArray<Likelihood>? likelihoods) => (metric, value) switch
    {
        ("perplexity", double sum) => LikelihoodEstimates.Value(metric, sum),
        ("word_perplexity" or "byte_perplexity" or "bits_per_byte", IReadOnlyList<object?> and [double sum, long length]) => LikelihoodEstimates.Value(metric, sum / length),
        ("brier_score", IReadOnlyList<object?> and [long gold, _]) when likelihoods is { } judged => Brier(judged, Choices(line, judged.Length), gold),
        ("f1" or "mcc", IReadOnlyList<object?> and [long gold, long chosen]) => gold == chosen ? 1 : 0,
        ("bleu" or "chrf" or "ter", IReadOnlyList<object?> and [var references, string answer]) => Corpus(metric, references, answer),
        (_, bool flag) => flag ? 1 : 0,
        _ => PythonNumber.TryDouble(value, out var number) ? number : null,
    };

    static double? Brier(ImmutableArray<Likelihood> likelihoods, int choices, long gold) => gold >= 0 && gold < choices
        ? HarnessAnswer.Shares(likelihoods.AsSpan()[..choices]).Select((share, i) => share - (i == gold ? 1 : 0)).Sum(difference => difference * difference)
        : null;

    static double? Corpus(string metric, object? references, string answer)
    {
        string[] targets = references switch { string one => [one], IReadOnlyList<object?> several => [.. several.OfType<string>()], _ => [] };
        if (targets.Length == 0)
        {
            return null;
        }

        var numbers = new double[TaskCorpusMetrics.Find(metric)!.Width];
        TaskCorpusMetrics.Find(metric)!.Summarize(answer, targets, numbers);
        return TaskCorpusMetrics.OfSample(metric, [.. numbers]);
    }
}
