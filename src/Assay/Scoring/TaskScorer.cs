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
        return [.. task.Filters.Select(filter => Score(task, sample, responses, filter) with { Cluster = cluster })];
    }

    static SampleScore Score(TaskDefinition task, Sample sample, ImmutableArray<Response> responses, FilterPipeline filter)
    {
        if (responses.FirstOrDefault(response => response.Text is null || (response.Outcome != Outcome.Ok && !response.IsAtLimit)) is { } failed)
        {
            return new SampleScore(filter.Name, null, failed.Outcome, _none, failed.Reason);
        }

        try
        {
            string[] texts = [.. responses.Select(response => response.Text!)];
            var answer = filter.Apply(sample.Document, texts);
            var (outcome, reason) = responses.FirstOrDefault(response => response.Outcome == Outcome.Truncated) is { } cut ? (Outcome.Truncated, cut.Reason)
                : answer.Extracted ? (Outcome.Ok, sample.Targets.IsEmpty ? "the document has no target" : null)
                : (Outcome.WrongFormat, $"the filter '{filter.Name}' found no answer in the output");
            if (sample.Targets.IsEmpty)
            {
                return new SampleScore(filter.Name, answer.Text, outcome, _none, reason);
            }

            var numbers = TaskCorpusMetrics.Summarize(task, sample, answer.Text);
            var scores = Scores(task, sample, answer.Text, numbers);
            return new SampleScore(filter.Name, answer.Text, outcome, texts.Length == 1 ? scores : scores.AddRange(RepeatedAnswers.Scores(task, sample, filter, texts)), reason)
            {
                Numbers = numbers,
            };
        }
        catch (RegexMatchTimeoutException timeout)
        {
            return new SampleScore(filter.Name, null, Outcome.Error, _none, $"the expression '{timeout.Pattern}' did not end on this output; simplify it");
        }
    }

    static ImmutableDictionary<string, double> Scores(
        TaskDefinition task, Sample sample, string answer, ImmutableDictionary<string, ImmutableArray<double>> numbers) => task.Metrics.ToImmutableDictionary(
        metric => metric.Name,
        metric => numbers.TryGetValue(metric.Name, out var row)
            ? TaskCorpusMetrics.OfSample(metric.Name, row)
            : TextScorers.Score(metric, sample, answer),
        StringComparer.Ordinal);
}
