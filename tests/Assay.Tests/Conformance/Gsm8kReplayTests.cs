using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>The published verdicts of openai/grade-school-math: <c>is_correct</c> of every stored solution, and their sums.</summary>
public class Gsm8kReplayTests
{
    [Theory]
    [InlineData("6b_finetuning", 146)]
    [InlineData("6b_verification", 266)]
    [InlineData("175b_finetuning", 225)]
    [InlineData("175b_verification", 371)]
    public async Task Every_verdict_equals_the_published_one(string model, int correct)
    {
        var folder = SharedFolder.Find("data", "gsm8k");
        var task = TaskReader.Read(Path.Combine(Repository.Root, "samples", "tasks", "gsm8k-replay.yaml"), folder).Require();
        var options = new ReplayOptions
        {
            Path = Path.Combine(folder, "example_model_solutions.part1.jsonl"),
            Output = $"{{{{ row['{model}']['solution'] }}}}",
            Check = "question",
        };
        var replay = await ReplayModel.LoadAsync(options, TestContext.Current.CancellationToken);
        var published = await ReplayModel.LoadAsync(
            options with { Output = $"{{{{ 1 if row['{model}'].is_correct else 0 }}}}" }, TestContext.Current.CancellationToken);

        var scores = new List<SampleScore>();
        await foreach (var sample in TaskSamples.ReadAsync(task, null, TestContext.Current.CancellationToken))
        {
            var request = Request.For(task, sample);
            var response = await replay.AnswerAsync(request, TestContext.Current.CancellationToken);
            var score = Assert.Single(TaskScorer.Score(task, sample, response));
            var verdict = await published.AnswerAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(verdict.Text, score.Scores["exact_match"] == 1 ? "1" : "0");
            scores.Add(score);
        }

        var estimates = TaskEstimates.Compute(task, model, scores.Select(score => (score.Filter, score.Outcome, score.Scores)));
        var estimate = estimates[0];
        Assert.Equal("exact_match", estimate.Metric);
        Assert.Equal("flexible-extract", estimate.Filter);
        Assert.Equal(660, estimate.N);
        Assert.Equal(correct, estimate.Value!.Value * 660, 1e-9);
        Assert.Equal("wilson", estimate.Method);
        Assert.Equal(0, replay.UnusedRows);
    }
}
