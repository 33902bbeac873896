using System.Collections.Immutable;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Results.Harness;

/// <summary>Responses and scores of one sample in the forms of lm-evaluation-harness' logs: numbers and truth values of responses are texts.</summary>
static class HarnessAnswer
{
    /// <summary><c>resps</c>: a list for every argument, none where nothing came.</summary>
    public static List<object?> Responses(TaskDefinition task, string? output)
    {
        if (output is null)
        {
            return [];
        }

        if (task.OutputType == OutputType.GenerateUntil)
        {
            List<object?> texts = task.Repeats > 1 && RepeatedOutput.Read(output) is { } several ? [.. several] : [output];
            return [texts];
        }

        return [.. (LikelihoodOutput.Read(output) ?? []).Select(item => new List<object?> { Response(task, item) })];
    }

    /// <summary><c>filtered_resps</c>.</summary>
    public static List<object?> Filtered(TaskDefinition task, string? output, SampleScore score) =>
        task.OutputType == OutputType.GenerateUntil ? (score.Answer is null ? [] : [score.Answer])
        : output is null ? []
        : [.. (LikelihoodOutput.Read(output) ?? []).Select(item => Response(task, item))];

    /// <summary>The metrics in the order of the harness' process_results, each as it is logged; none of a sample that has no scores.</summary>
    public static OrderedDictionary<string, object?> Metrics(TaskDefinition task, Sample sample, string? output, SampleScore score)
    {
        var metrics = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        var likelihoods = task.OutputType == OutputType.GenerateUntil || output is null ? [] : LikelihoodOutput.Read(output) ?? [];
        foreach (var metric in Names(task).Where(score.Scores.ContainsKey))
        {
            metrics[metric] = task.Results is not null ? score.Scores[metric] : task.OutputType switch
            {
                OutputType.MultipleChoice => OfChoice(metric, sample, likelihoods, score),
                OutputType.LogLikelihood => metric == "acc" ? (object)(long)score.Scores[metric] : likelihoods[0].LogProbability,
                OutputType.LogLikelihoodRolling => new List<object?> { score.Numbers[metric][0], (long)score.Numbers[metric][1] },
                OutputType.GenerateUntil when TaskCorpusMetrics.Find(metric) is not null => new List<object?> { sample.Targets is [var one] ? one : sample.Targets.ToList<object?>(), score.Answer },
                OutputType.GenerateUntil => score.Scores[metric],
                _ => throw new ArgumentOutOfRangeException(nameof(task), task.OutputType, "An output type has no metrics."),
            };
        }

        return metrics;
    }

    /// <summary>The names of a task's metrics in the harness' order.</summary>
    public static IEnumerable<string> Names(TaskDefinition task)
    {
        string[] order = task.OutputType switch
        {
            OutputType.MultipleChoice => ["acc", "f1", "mcc", "acc_norm", "acc_bytes", "exact_match", "brier_score", "acc_mutual_info"],
            OutputType.LogLikelihood => ["perplexity", "acc"],
            OutputType.LogLikelihoodRolling => ["word_perplexity", "byte_perplexity", "bits_per_byte"],
            OutputType.GenerateUntil => [],
            _ => throw new ArgumentOutOfRangeException(nameof(task), task.OutputType, "An output type has no metrics."),
        };
        return task.Metrics.Select(metric => metric.Name).OrderBy(name => Array.IndexOf(order, name));
    }

    static object Response(TaskDefinition task, Likelihood likelihood)
    {
        var number = PythonText.Str(likelihood.LogProbability);
        return task.OutputType == OutputType.LogLikelihoodRolling ? number : new List<object?> { number, PythonText.Str(likelihood.IsGreedy) };
    }

    static object OfChoice(string metric, Sample sample, ImmutableArray<Likelihood> likelihoods, SampleScore score) => metric switch
    {
        "exact_match" => (long)score.Scores[metric],
        "f1" or "mcc" => new List<object?> { Gold(sample), (long)score.Numbers[metric][1] },
        "brier_score" => new List<object?> { Gold(sample), NumpyText.Of(Shares(likelihoods.AsSpan()[..sample.Choices.Length])) },
        _ => score.Scores[metric],
    };

    static object Gold(Sample sample) => sample.Gold is [var one] ? (long)one : sample.Gold.Select(gold => (object?)(long)gold).ToList();

    /// <summary>The softmax of log-likelihoods.</summary>
    public static double[] Shares(ReadOnlySpan<Likelihood> likelihoods)
    {
        var shares = new double[likelihoods.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = likelihoods[i].LogProbability!.Value;
        }

        var largest = shares.Max();
        var total = 0.0;
        foreach (ref var share in shares.AsSpan())
        {
            share = Math.Exp(share - largest);
            total += share;
        }

        foreach (ref var share in shares.AsSpan())
        {
            share /= total;
        }

        return shares;
    }
}
