using Assay.Models;
using Assay.Scoring;
using Assay.Statistics;
using Assay.Tasks;

namespace Assay.Tests.Scoring;

/// <summary>Several answers to one prompt, and samples that come in clusters.</summary>
public class RepeatedAnswersTests
{
    static readonly TaskDefinition _task = new()
    {
        Name = "t",
        File = "t.yaml",
        DatasetPath = "json",
        Files = new Dictionary<string, System.Collections.Immutable.ImmutableArray<string>>(),
        Split = "test",
        DocToText = DocumentField.Parse("q", "test"),
        DocToTarget = DocumentField.Parse("a", "test"),
        Metrics = [new TaskMetric { Name = "exact_match" }],
        Repeats = 4,
    };

    [Fact]
    public void Every_answer_is_scored_and_the_first_has_the_name_of_the_harness()
    {
        var score = Score("x", "5", "5", "6");
        Assert.Equal("x", score.Answer);
        Assert.Equal(0, score.Scores["exact_match"]);
        Assert.Equal(0.5, score.Scores["exact_match/mean"]);
        Assert.Equal(1, score.Scores["exact_match/majority"]);

        // 1 - C(2, 2) / C(4, 2).
        Assert.Equal(5.0 / 6, score.Scores["exact_match/pass@2"], 1e-12);
        Assert.Equal(1, score.Scores["exact_match/pass@4"]);
    }

    [Fact]
    public void Estimates_hold_all_of_them_with_intervals_by_question()
    {
        SampleScore[] scores = [Score("5", "5", "5", "5"), Score("x", "5", "5", "6"), Score("x", "y", "z", "w"), Score("5", "x", "y", "5")];
        var estimates = TaskEstimates.Compute(_task, "m", scores, cancellationToken: TestContext.Current.CancellationToken).ToDictionary(estimate => estimate.Metric);
        Assert.Equal(
            ["exact_match", "exact_match/majority", "exact_match/mean", "exact_match/pass@2", "exact_match/pass@4"], estimates.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0.5, estimates["exact_match"].Value);
        Assert.Equal(0.5, estimates["exact_match/mean"].Value);
        Assert.Equal(0.75, estimates["exact_match/pass@4"].Value);
        Assert.Equal("wilson", estimates["exact_match/pass@4"].Method);
        Assert.Equal("exact_match/pass@k", estimates["exact_match/pass@4"].Definition);
        Assert.All(estimates.Values, estimate => Assert.Equal(4, estimate.N));
    }

    [Fact]
    public void A_sample_of_which_one_answer_failed_has_no_score()
    {
        var score = Assert.Single(TaskScorer.Score(_task, Sample(0), [new Response("5", Outcome.Ok), new Response(null, Outcome.Timeout, "too late")]));
        Assert.Equal((Outcome.Timeout, 0), (score.Outcome, score.Scores.Count));
    }

    [Fact]
    public void The_standard_error_knows_clusters()
    {
        var task = _task with { Repeats = 1, Cluster = "passage" };
        double[] values = [1, 1, 0, 0, 1, 0];
        SampleScore[] scores = [.. values.Select((value, i) => Assert.Single(TaskScorer.Score(task, Sample(i / 2), new Response(value == 1 ? "5" : "x", Outcome.Ok))))];
        var estimate = Assert.Single(TaskEstimates.Compute(task, "m", scores, cancellationToken: TestContext.Current.CancellationToken));
        var expected = ClusteredMean.Interval(values, [0, 0, 1, 1, 2, 2])!.Value;
        Assert.Equal((expected.Low, expected.High, "clustered-t"), (estimate.Low, estimate.High, estimate.Method));
        Assert.Equal("6 samples in 3 clusters", estimate.Reason);
    }

    [Fact]
    public void A_task_file_names_its_cluster_column()
    {
        using var folder = new Tasks.TemporaryFolder();
        folder.Write("data.jsonl", """{"q": "a"}""");
        var file = TaskReader.Read(
            folder.Write("task.yaml", "task: t\ndataset_path: json\ndataset_kwargs: {data_files: {test: data.jsonl}}\ntest_split: test\noutput_type: generate_until\ndoc_to_text: q\ndoc_to_target: q\nmetadata: {version: 1.0, cluster: passage}\n"),
            folder.Path);
        Assert.Equal("passage", file.Require().Cluster);
    }

    [Fact]
    public async Task A_replay_has_a_list_of_outputs_for_one_sample()
    {
        using var folder = new Tasks.TemporaryFolder();
        var path = folder.Write("out.jsonl", """{"outputs": ["a", "b"]}""");
        var model = await ReplayModel.LoadAsync(new ReplayOptions { Path = path, Output = "{{ outputs }}" }, TestContext.Current.CancellationToken);
        var request = Request.For(_task, Sample(0));
        Assert.Equal("b", (await model.AnswerAsync(request with { Attempt = 1 }, TestContext.Current.CancellationToken)).Text);
        Assert.Equal(Outcome.Error, (await model.AnswerAsync(request with { Attempt = 2 }, TestContext.Current.CancellationToken)).Outcome);
    }

    static SampleScore Score(params string[] answers) => Assert.Single(TaskScorer.Score(_task, Sample(0), [.. answers.Select(answer => new Response(answer, Outcome.Ok))]));

    static Sample Sample(int passage) => new()
    {
        Id = "0",
        Position = 0,
        Document = new Document("data.jsonl:1", new Dictionary<string, object?> { ["passage"] = (long)passage }),
        Arguments = [new PromptArgument([], null)],
        Targets = ["5"],
    };
}
