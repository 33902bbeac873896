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
    public static ImmutableArray<SampleScore> Score(TaskDefinition task, Sample sample, Response response)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(response);
        return [.. task.Filters.Select(filter => Score(task, sample, response, filter))];
    }

    static SampleScore Score(TaskDefinition task, Sample sample, Response response, FilterPipeline filter)
    {
        if (response.Text is null || (response.Outcome != Outcome.Ok && !response.IsAtLimit))
        {
            return new SampleScore(filter.Name, null, response.Outcome, _none, response.Reason);
        }

        try
        {
            var answer = filter.Apply(sample.Document, response.Text);
            var (outcome, reason) = response.Outcome == Outcome.Truncated ? (Outcome.Truncated, response.Reason)
                : answer.Extracted ? (Outcome.Ok, sample.Targets.IsEmpty ? "the document has no target" : null)
                : (Outcome.WrongFormat, $"the filter '{filter.Name}' found no answer in the output");
            if (sample.Targets.IsEmpty)
            {
                return new SampleScore(filter.Name, answer.Text, outcome, _none, reason);
            }

            var numbers = TaskCorpusMetrics.Summarize(task, sample, answer.Text);
            return new SampleScore(filter.Name, answer.Text, outcome, Scores(task, sample, answer.Text, numbers), reason) { Numbers = numbers };
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
            : ExactMatch.Score(answer, sample.Targets.AsSpan(), metric.Options),
        StringComparer.Ordinal);
}
