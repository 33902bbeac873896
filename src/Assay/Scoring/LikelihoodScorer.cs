using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>
/// Scores the log-likelihoods of a sample's arguments as lm-evaluation-harness does: multiple choice, one target, a whole text.
/// Source: its api/task.py, process_results.
/// </summary>
public static partial class LikelihoodScorer
{
    static readonly IReadOnlyDictionary<string, double> _none = ImmutableDictionary<string, double>.Empty;

    /// <summary>One score a filter. A sample of which any likelihood failed has no scores.</summary>
    /// <param name="task">The task; not one that generates.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="likelihoods">One for each of the sample's arguments, in their order.</param>
    public static ImmutableArray<SampleScore> Score(TaskDefinition task, Sample sample, ImmutableArray<Likelihood> likelihoods)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentOutOfRangeException.ThrowIfNotEqual(likelihoods.Length, sample.Arguments.Length, nameof(likelihoods));
        var score = One(task, sample, likelihoods) with { Cluster = SampleCluster.Of(task, sample) };
        return [.. task.Filters.Select(filter => score with { Filter = filter.Name })];
    }

    static SampleScore One(TaskDefinition task, Sample sample, ImmutableArray<Likelihood> likelihoods)
    {
        if (likelihoods.FirstOrDefault(likelihood => likelihood.Outcome != Outcome.Ok) is { } failed)
        {
            return new SampleScore("", null, failed.Outcome, _none, failed.Reason);
        }

        if (likelihoods.Any(likelihood => likelihood.LogProbability is not (<= 0 and > double.NegativeInfinity)))
        {
            return new SampleScore("", null, Outcome.Error, _none, "a log-likelihood is no finite number of at most 0");
        }

        return task.OutputType switch
        {
            OutputType.MultipleChoice => Choice(task, sample, likelihoods),
            OutputType.LogLikelihood => Target(task, likelihoods[0]),
            OutputType.LogLikelihoodRolling => Text(task, sample, likelihoods[0].LogProbability!.Value),
            OutputType.GenerateUntil => throw new ArgumentException("A task that generates is scored by TaskScorer.", nameof(task)),
            _ => throw new ArgumentOutOfRangeException(nameof(task), task.OutputType, "An output type has no score."),
        };
    }

    static SampleScore Choice(TaskDefinition task, Sample sample, ImmutableArray<Likelihood> likelihoods)
    {
        var choices = sample.Choices;
        double[] values = [.. likelihoods.Take(choices.Length).Select(likelihood => likelihood.LogProbability!.Value)];
        var best = First(values);
        if (task.Results is { } results)
        {
            return new SampleScore("", choices[best], Outcome.Ok, results(sample.Document, [.. values]), null);
        }

        if (sample.Gold.IsEmpty)
        {
            return new SampleScore("", choices[best], Outcome.Ok, _none, "the document names no choice that is there as the right one");
        }

        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach (var metric in task.Metrics.Select(metric => metric.Name))
        {
            scores[metric] = metric switch
            {
                "acc_norm" => Right(First(Divided(values, choices, choice => choice.EnumerateRunes().Count()))),
                "acc_bytes" => Right(First(Divided(values, choices, Encoding.UTF8.GetByteCount))),
                "acc_mutual_info" => Right(First([.. values.Select((value, i) => value - likelihoods[choices.Length + i].LogProbability!.Value)])),
                "exact_match" => sample.Gold.Any(gold => likelihoods[gold].IsGreedy) ? 1 : 0,
                "brier_score" => Brier(values, sample.Gold[0]),
                _ => Right(best),
            };
            if (metric is "f1" or "mcc")
            {
                numbers[metric] = [sample.Gold[0], best];
            }
        }

        return new SampleScore("", choices[best], Outcome.Ok, scores, null) { Numbers = numbers };

        double Right(int index)
        {
            return sample.Gold.Contains(index) ? 1 : 0;
        }
    }

    static SampleScore Target(TaskDefinition task, Likelihood likelihood)
    {
        var value = likelihood.LogProbability!.Value;
        return new SampleScore("", null, Outcome.Ok, task.Metrics.ToDictionary(
            metric => metric.Name, metric => metric.Name == "acc" ? (likelihood.IsGreedy ? 1 : 0) : Math.Exp(-value), StringComparer.Ordinal), null)
        {
            Numbers = task.Metrics.Where(metric => metric.Name == "perplexity").ToDictionary(metric => metric.Name, _ => ImmutableArray.Create(value, 1.0)),
        };
    }

    static SampleScore Text(TaskDefinition task, Sample sample, double value)
    {
        var text = sample.Targets[0];
        var numbers = task.Metrics.ToDictionary(
            metric => metric.Name,
            metric => ImmutableArray.Create(value, metric.Name == "word_perplexity" ? Spaces().Split(text).Length : Encoding.UTF8.GetByteCount(text)),
            StringComparer.Ordinal);
        return new SampleScore("", null, Outcome.Ok, numbers.ToDictionary(pair => pair.Key, pair => LikelihoodEstimates.Value(pair.Key, pair.Value[0] / pair.Value[1])), null)
        {
            Numbers = numbers,
        };
    }

    // numpy.argmax: of equals the first.
    static int First(double[] values) => Array.IndexOf(values, values.Max());

    static double[] Divided(double[] values, ImmutableArray<string> choices, Func<string, int> length) => [.. values.Zip(choices, (value, choice) => value / length(choice))];

    static double Brier(double[] values, int gold)
    {
        var largest = values.Max();
        double[] shares = [.. values.Select(value => Math.Exp(value - largest))];
        var total = shares.Sum();
        return shares.Select((share, i) => (share / total) - (i == gold ? 1 : 0)).Sum(difference => difference * difference);
    }

    // Python's re.split(r"\s+"): empty parts at the ends count.
    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
