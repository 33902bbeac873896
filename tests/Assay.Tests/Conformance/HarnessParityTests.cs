using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>lm-evaluation-harness 0.4.13.dev0 (4e7e0d47) on a small model: its task files as they are, its prompts, its answers, its scores.</summary>
public class HarnessParityTests
{
    [Theory]
    [InlineData("arith_gen_0shot", 120)]
    [InlineData("arith_gen_5shot", 360)]
    [InlineData("chat_sums", 240)]
    [InlineData("capitals_em_case_punct", 228)]
    public async Task Prompts_targets_answers_and_scores_are_those_of_the_harness(string name, int rows)
    {
        var folder = SharedFolder.Find("data", "harness_parity");
        var task = TaskReader.Read(Path.Combine(folder, "tasks", $"{name}.yaml"), folder).Require();
        var logged = new Dictionary<(long, string), IReadOnlyDictionary<string, object?>>();
        await foreach (var row in DocumentReader.ReadAsync(
            Path.Combine(folder, "hf", $"samples_pg_{name}.jsonl"), null, TestContext.Current.CancellationToken))
        {
            logged[((long)row["doc_id"]!, (string)row["filter"]!)] = row.Columns;
        }

        Assert.Equal(rows, logged.Count);
        await foreach (var sample in TaskSamples.ReadAsync(task, null, TestContext.Current.CancellationToken))
        {
            foreach (var filter in task.Filters)
            {
                var row = logged[(sample.Position, filter.Name)];
                Assert.Equal(Template.Parse("{{ arguments.gen_args_0.arg_0 }}").Render(row), sample.Prompt);
                Assert.Equal(Template.Parse("{{ target }}").Render(row), Assert.Single(sample.Targets));

                var response = new Response(Template.Parse("{{ resps[0][0] }}").Render(row), Outcome.Ok);
                var score = Assert.Single(TaskScorer.Score(task with { Filters = [filter] }, sample, response));
                Assert.Equal(Template.Parse("{{ filtered_resps[0] }}").Render(row), score.Answer);
                Assert.Equal((double)row["exact_match"]!, score.Scores["exact_match"]);
                logged.Remove((sample.Position, filter.Name));
            }
        }

        Assert.Empty(logged);
    }
}
