using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>The accuracies that suzgunmirac/BIG-Bench-Hard publishes for code-davinci-002, from its stored outputs.</summary>
public class BigBenchHardTests
{
    static readonly string[] _tasks =
    [
        "causal_judgement", "disambiguation_qa", "formal_fallacies", "hyperbaton", "logical_deduction_seven_objects", "movie_recommendation", "navigate",
        "penguins_in_a_table", "ruin_names", "snarks", "temporal_sequences", "tracking_shuffled_objects_seven_objects", "web_of_lies",
    ];

    public static TheoryData<string, string> Cases { get; } = [.. _tasks.SelectMany(task => new[] { (task, "direct"), (task, "cot") })];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Accuracy_equals_the_published_one(string name, string mode)
    {
        var data = SharedFolder.Find("data", "bbh");
        var stored = Path.Combine(data, $"code-davinci-002-{mode}", $"{name}_few_shot_template_0-255000");
        var file = TaskReader.Read(Repository.PathOf("samples", "tasks", "bbh", $"bbh_{mode}_{name}.yaml"), data);
        var task = file.Require();
        var replay = await ReplayModel.LoadAsync(
            new ReplayOptions { Path = $"{stored}.json.gz", Output = "{{ prediction }}", Check = "input" }, TestContext.Current.CancellationToken);
        var questions = (await TextOf(Path.Combine(data, "bbh", $"{name}.json")))["examples"]!.AsArray();

        var scores = new List<SampleScore>();
        await foreach (var sample in TaskSamples.ReadAsync(task, null, TestContext.Current.CancellationToken))
        {
            var question = questions[(int)sample.Position]!;
            Assert.Contains((string)question["input"]!, sample.Prompt, StringComparison.Ordinal);
            Assert.Equal((string)question["target"]!, Assert.Single(sample.Targets));
            scores.AddRange(TaskScorer.Score(task, sample, await replay.AnswerAsync(Request.For(task, sample), TestContext.Current.CancellationToken)));
        }

        var estimate = TaskEstimates.Compute(task, "code-davinci-002", scores, cancellationToken: TestContext.Current.CancellationToken)[0];
        Assert.Equal(questions.Count, estimate.N);
        Assert.Equal((double)(await TextOf($"{stored}_eval_metrics.jsonl"))["accuracy"]!, 100 * estimate.Value!.Value, 1e-9);
    }

    [Fact]
    public void The_groups_hold_all_tasks()
    {
        SharedFolder.Find("data", "bbh");
        var folder = TaskFolder.Open(Repository.PathOf("samples", "tasks", "bbh"), TestContext.Current.CancellationToken);
        var read = new TaskReadOptions { CurrentDirectory = Repository.Root };
        foreach (var mode in new[] { "direct", "cot" })
        {
            var group = Assert.IsType<TaskGroup>(Assert.Single(folder.Find($"bbh_{mode}", read)));
            Assert.Equal(_tasks.Select(task => $"bbh_{mode}_{task}"), group.Leaves.Select(leaf => leaf.File.Require().Name));
        }
    }

    static async Task<JsonNode> TextOf(string path) => JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;
}
