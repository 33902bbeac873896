using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>lm-evaluation-harness 0.4.13.dev0 (4e7e0d47) on a small model: requests, scores and results of tasks of log-likelihoods, and chat prompts.</summary>
public class HarnessLikelihoodParityTests
{
    // The metrics of a task in expected.json are sums in float64 over the same logged numbers; only their order differs.
    const double Rounding = 1e-9;

    [Theory]
    [InlineData("capitals_mc_column", 76)]
    [InlineData("numbers_mc_letters", 140)]
    [InlineData("reviews_en_mc", 120)]
    [InlineData("reviews_zh_mc", 100)]
    [InlineData("lastword_loglikelihood", 100)]
    [InlineData("documents_rolling", 60)]
    public async Task Requests_scores_and_results_are_those_of_the_harness(string name, int rows)
    {
        var (task, scores) = await ReplayAsync(name);
        Assert.Equal(rows, scores.Count);
        var expected = Expected().GetProperty("hf").GetProperty($"pg_{name}");
        var estimates = TaskEstimates.Compute(task, "tiny", scores, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var metric in task.Metrics)
        {
            var value = expected.GetProperty($"{metric.Name},none").GetDouble();
            var estimate = estimates.First(estimate => estimate.Metric == metric.Name);
            Assert.Equal(value, estimate.Value!.Value, Rounding * Math.Max(1, value));
            Assert.InRange(value, estimate.Low!.Value - Rounding, estimate.High!.Value + Rounding);
        }
    }

    [Fact]
    public async Task A_group_has_the_harness_s_mean_and_its_standard_error_beside_ours()
    {
        var folder = TaskFolder.Open(SharedFolder.Find("data", "harness_parity", "tasks"), TestContext.Current.CancellationToken);
        var options = new TaskReadOptions { CurrentDirectory = SharedFolder.Find("data", "harness_parity") };
        var group = Assert.IsType<TaskGroup>(Assert.Single(folder.Find("pg_group_by_size", options)));
        Assert.Equal(["pg_numbers_mc_letters", "pg_capitals_mc_column", "pg_reviews_zh_mc"], group.Leaves.Select(leaf => leaf.Name));
        var scores = new Dictionary<string, IReadOnlyList<SampleScore>>();
        foreach (var leaf in group.Leaves)
        {
            scores[leaf.Name] = (await ReplayAsync(leaf.Name[3..])).Scores;
        }

        var expected = Expected().GetProperty("group_by_size").GetProperty("groups").GetProperty("pg_group_by_size");
        var estimates = GroupEstimates.Compute(group, "tiny", scores);
        foreach (var metric in new[] { "acc", "acc_norm", "brier_score" })
        {
            Assert.Equal(expected.GetProperty($"{metric},none").GetDouble(), estimates.First(estimate => estimate.Metric == metric).Value!.Value, Rounding);
        }

        foreach (var metric in new[] { "acc", "acc_norm" })
        {
            Assert.Equal(expected.GetProperty($"{metric}_stderr,none").GetDouble(), estimates.First(estimate => estimate.Metric == $"{metric}/pooled_stderr").Value!.Value, Rounding);
        }
    }

    // Through the chat API the harness logs the messages as JSON.
    [Theory]
    [InlineData("chat_sums", 120)]
    [InlineData("arith_gen_5shot", 120)]
    [InlineData("arith_gen_0shot", 120)]
    [InlineData("capitals_em_case_punct", 76)]
    public async Task Chat_messages_are_those_of_the_harness(string name, int samples)
    {
        var (task, logged) = await LoadAsync(name, "chat_multiturn");
        var count = 0;
        await foreach (var sample in TaskSamples.ReadAsync(task, new SampleOptions { Chat = true }, TestContext.Current.CancellationToken))
        {
            var row = logged[sample.Position];
            var messages = JsonDocument.Parse(Template.Parse("{{ arguments.gen_args_0.arg_0[0] }}").Render(row)).RootElement.EnumerateArray();
            Assert.Equal(
                messages.Select(message => (message.GetProperty("role").GetString(), message.GetProperty("content").GetString())),
                sample.Arguments[0].Turns.Select(turn => ((string?)turn.Role, (string?)turn.Content)));
            count++;
        }

        Assert.Equal(samples, count);
    }

    static async Task<(TaskDefinition Task, List<SampleScore> Scores)> ReplayAsync(string name)
    {
        var (task, logged) = await LoadAsync(name, "hf");
        var scores = new List<SampleScore>();
        await foreach (var sample in TaskSamples.ReadAsync(task, null, TestContext.Current.CancellationToken))
        {
            var row = logged[sample.Position];
            var likelihoods = ImmutableArray.CreateBuilder<Likelihood>();
            for (var i = 0; i < sample.Arguments.Length; i++)
            {
                var rolling = task.OutputType == OutputType.LogLikelihoodRolling;
                string Logged(string path)
                {
                    return Template.Parse("{{ " + path + " }}").Render(row);
                }

                Assert.Equal(Logged($"arguments.gen_args_{i}.arg_0"), rolling ? sample.Arguments[i].Continuation : sample.Arguments[i].Context);
                Assert.Equal(rolling ? "" : Logged($"arguments.gen_args_{i}.arg_1"), rolling ? "" : sample.Arguments[i].Continuation);
                likelihoods.Add(new Likelihood
                {
                    LogProbability = double.Parse(Logged(rolling ? "resps[0][0]" : $"resps[{i}][0][0]"), CultureInfo.InvariantCulture),
                    IsGreedy = !rolling && Logged($"resps[{i}][0][1]") == "True",
                });
            }

            var score = Assert.Single(LikelihoodScorer.Score(task, sample, likelihoods.ToImmutable()));
            foreach (var metric in task.Metrics.Where(metric => metric.Name.StartsWith("acc", StringComparison.Ordinal) || metric.Name == "exact_match"))
            {
                Assert.Equal(Convert.ToDouble(row[metric.Name], CultureInfo.InvariantCulture), score.Scores[metric.Name]);
            }

            scores.Add(score);
        }

        return (task, scores);
    }

    static async Task<(TaskDefinition Task, Dictionary<long, IReadOnlyDictionary<string, object?>> Logged)> LoadAsync(string name, string run)
    {
        var folder = SharedFolder.Find("data", "harness_parity");
        var task = TaskReader.Read(Path.Combine(folder, "tasks", $"{name}.yaml"), folder).Require();
        var logged = new Dictionary<long, IReadOnlyDictionary<string, object?>>();
        await foreach (var row in DocumentReader.ReadAsync(Path.Combine(folder, run, $"samples_pg_{name}.jsonl"), null, TestContext.Current.CancellationToken))
        {
            logged[(long)row["doc_id"]!] = row.Columns;
        }

        return (task, logged);
    }

    static JsonElement Expected() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedFolder.Find("data", "harness_parity"), "expected.json"))).RootElement;
}
