using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>Scores a response by its task's filters and metrics.</summary>
public static class TaskScorer
{
    static readonly IReadOnlyDictionary<string, double> _none = ImmutableDictionary<string, double>.Empty;

    /// <summary>One score a filter, in the task's order. A failed response has no scores; one that was cut by the limit of tokens is scored as it is, as in the harness, and keeps its outcome.</summary>
    public static ImmutableArray<SampleScore> Score(TaskDefinition task, Sample sample, Response response) => Score(task, sample, [response]);

    /// <summary>
    /// The same of several responses to one prompt, as a task with <c>repeats</c> asks for. What the filter makes of all together has the metric's name, as in
    /// the harness; <c>metric/mean</c>, <c>metric/majority</c> and <c>metric/pass@k</c> are of every response by itself. When any failed the sample has no scores.
    /// </summary>
    public static ImmutableArray<SampleScore> Score(TaskDefinition task, Sample sample, ImmutableArray<Response> responses)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentOutOfRangeException.ThrowIfZero(responses.Length, nameof(responses));
        var cluster = SampleCluster.Of(task, sample);
        var scores = ImmutableArray.CreateBuilder<SampleScore>(task.Filters.Length);
        foreach (var filter in task.Filters)
        {
            var score = Score(task, sample, responses, filter);
            scores.Add(cluster is null ? score : score with { Cluster = cluster });
        }

        return scores.MoveToImmutable();
    }

    static SampleScore Score(TaskDefinition task, Sample sample, ImmutableArray<Response> responses, FilterPipeline filter)
    {
        if (First(responses, response => response.Text is null || (response.Outcome != Outcome.Ok && !response.IsAtLimit)) is { } failed)
        {
            return new SampleScore(filter.Name, null, failed.Outcome, _none, failed.Reason);
        }

        try
        {
            var texts = new string[responses.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = responses[i].Text!;
            }

            var answer = filter.Apply(sample.Document, texts);
            var (outcome, reason) = First(responses, response => response.Outcome == Outcome.Truncated) is { } cut ? (Outcome.Truncated, cut.Reason)
                : answer.Extracted ? (Outcome.Ok, sample.Targets.IsEmpty ? "the document has no target" : null)
                : (Outcome.WrongFormat, $"the filter '{filter.Name}' found no answer in the output");
            if (sample.Targets.IsEmpty)
            {
                return new SampleScore(filter.Name, answer.Text, outcome, _none, reason);
            }

            var numbers = TaskCorpusMetrics.Summarize(task, sample, answer.Text);
            var scores = Scores(task, sample, answer.Text, numbers);
            foreach (var (name, score) in texts.Length == 1 ? [] : RepeatedAnswers.Scores(task, sample, filter, texts))
            {
                scores[name] = score;
            }

            return new SampleScore(filter.Name, answer.Text, outcome, scores, reason) { Numbers = numbers };
        }
        catch (RegexMatchTimeoutException timeout)
        {
            return new SampleScore(filter.Name, null, Outcome.Error, _none, $"the expression '{timeout.Pattern}' did not end on this output; simplify it");
        }
    }

    // A lambda that captures nothing is made once, and an array of one is looked through without an enumerator.
    static Response? First(ImmutableArray<Response> responses, Func<Response, bool> holds)
    {
        foreach (var response in responses)
        {
            if (holds(response))
            {
                return response;
            }
        }

        return null;
    }

    static Dictionary<string, double> Scores(TaskDefinition task, Sample sample, string answer, ImmutableDictionary<string, ImmutableArray<double>> numbers)
    {
        var scores = new Dictionary<string, double>(task.Metrics.Length, StringComparer.Ordinal);
        foreach (var metric in task.Metrics)
        {
            scores.Add(metric.Name, numbers.TryGetValue(metric.Name, out var row) ? TaskCorpusMetrics.OfSample(metric.Name, row) : TextScorers.Score(metric, sample, answer));
        }

        return scores;
    }
}
