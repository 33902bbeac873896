using System.Collections.Immutable;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;
using Assay.Tests.Tasks;

namespace Assay.Tests.Scoring;

public sealed class TaskScorerTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly TaskDefinition _task;

    public TaskScorerTests()
    {
        _folder.Write("rows.jsonl", "");
        _task = TaskReader.Read(
            _folder.Write("task.yaml", """
                task: t
                dataset_path: json
                dataset_kwargs: {data_files: {test: rows.jsonl}}
                test_split: test
                doc_to_text: q
                doc_to_target: a
                filter_list:
                  - {name: strict, filter: [{function: regex, regex_pattern: '#(\d+)'}, {function: take_first}]}
                  - {name: loose, filter: [{function: regex, regex_pattern: '\d+'}, {function: take_first}]}
                """),
            _folder.Path).Require();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_filter_has_its_own_verdict_and_a_wrong_format_keeps_the_score_of_the_harness()
    {
        var scores = TaskScorer.Score(_task, Sample("4"), new Response("it is 4", Outcome.Ok));
        Assert.Equal([("strict", "[invalid]", Outcome.WrongFormat, 0.0), ("loose", "4", Outcome.Ok, 1.0)],
            scores.Select(score => (score.Filter, score.Answer, score.Outcome, score.Scores["exact_match"])));
    }

    [Fact]
    public void A_failure_and_a_sample_without_target_have_no_score()
    {
        var failed = TaskScorer.Score(_task, Sample("4"), new Response(null, Outcome.Timeout, "30 s"))[0];
        Assert.Equal((Outcome.Timeout, "30 s", 0), (failed.Outcome, failed.Reason, failed.Scores.Count));

        var untargeted = TaskScorer.Score(_task, Sample(), new Response("#4", Outcome.Ok))[0];
        Assert.Equal((Outcome.Ok, "the document has no target", 0), (untargeted.Outcome, untargeted.Reason, untargeted.Scores.Count));
    }

    [Fact]
    public void Estimates_tell_the_value_of_the_harness_the_answered_part_and_what_is_missing()
    {
        string?[] outputs = ["#1", "#2", "1", null];
        var scores = outputs.SelectMany(output => TaskScorer.Score(
            _task, Sample("1"), output is null ? new Response(null, Outcome.Error, "x") : new Response(output, Outcome.Ok)));
        var estimates = TaskEstimates.Compute(_task, "m", scores.Select(score => (score.Filter, score.Outcome, score.Scores)));

        Assert.Equal(
            [
                ("strict", "exact_match", 1.0 / 3, 3L, 1L, "wilson"),
                ("strict", "exact_match/answered", 1.0 / 2, 2L, 2L, "wilson"),
                ("strict", "samples/wrong_format", 1.0, 4L, 0L, null),
                ("strict", "samples/error", 1.0, 4L, 0L, null),
                ("loose", "exact_match", 2.0 / 3, 3L, 1L, "wilson"),
                ("loose", "samples/error", 1.0, 4L, 0L, null),
            ],
            estimates.Select(estimate => (estimate.Filter!, estimate.Metric, estimate.Value!.Value, estimate.N, estimate.Excluded, estimate.Method)));
        Assert.All(estimates, estimate => Assert.Equal(("evaluate", "t", "m"), (estimate.Stage, estimate.Task, estimate.Model)));
    }

    [Fact]
    public void Without_a_score_the_value_is_null_with_a_reason()
    {
        var estimate = TaskEstimates.Compute(_task, "m", [("strict", Outcome.Error, ImmutableDictionary<string, double>.Empty)])[0];
        Assert.Equal((null, 0L, 1L, "no sample could be scored"), (estimate.Value, estimate.N, estimate.Excluded, estimate.Reason));
    }

    static Sample Sample(params ImmutableArray<string> targets) => new()
    {
        Id = "0",
        Position = 0,
        Document = new Document("d", new Dictionary<string, object?>()),
        Arguments = [new PromptArgument([], null)],
        Targets = targets,
    };
}
