using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Tests.Scoring;

/// <summary>Assay's own metrics of a task's metric_list.</summary>
public class TextScorersTests
{
    [Theory]
    [InlineData("number", "The answer is 1,234.50 dollars.", "1234.5", 1)]
    [InlineData("number", "答案是３４２。", "342", 1)]
    [InlineData("number", "see pages 3-5", "5", 1)]
    [InlineData("number", "it is -5", "5", 0)]
    [InlineData("number", "no idea", "5", 0)]
    [InlineData("contains", "Paris, of course", "Paris", 1)]
    [InlineData("contains", "paris, of course", "Paris", 0)]
    [InlineData("token_f1", "the cat sat", "cat sat down", 0.8)]
    [InlineData("valid_json", """{"a": [1, 2]}""", "x", 1)]
    [InlineData("valid_json", """{"a": [1, 2}""", "x", 0)]
    [InlineData("valid_json", "", "x", 0)]
    [InlineData("rouge1", "a b c", "a b d", 2.0 / 3)]
    [InlineData("rougeL", "a b c", "a b d", 2.0 / 3)]
    [InlineData("points", "A B", "A C", 1)]
    [InlineData("points", "A", "A C", 0)]
    public void Score_is_as_defined(string metric, string answer, string target, double expected)
    {
        var task = TaskWith($"  - metric: {metric}\n");
        Assert.Equal(expected, Score(task, answer, target)[metric], 1e-12);
    }

    [Theory]
    [InlineData("AC", 6)]
    [InlineData("A", 3)]
    [InlineData("ABC", 0)]
    [InlineData("B", 0)]
    public void Points_are_taken_from_the_row_and_incomplete_answers_have_their_own(string answer, double points)
    {
        var task = TaskWith("  - metric: points\n    points: worth\n    incomplete: 3\n");
        Assert.Equal(points, Score(task, answer, "AC", ("worth", 6L))["points"]);
    }

    [Fact]
    public void Contains_takes_the_options_of_exact_match_and_number_a_tolerance()
    {
        Assert.Equal(1, Score(TaskWith("  - metric: contains\n    ignore_case: true\n"), "PARIS", "Paris")["contains"]);
        Assert.Equal(1, Score(TaskWith("  - metric: number\n    tolerance: 0.01\n"), "3.14", "3.1416")["number"]);
    }

    [Fact]
    public void An_option_of_another_metric_is_a_problem() => Assert.Contains(
        "tolerance", string.Join('\n', FileWith("  - metric: contains\n    tolerance: 1\n").Problems), StringComparison.Ordinal);

    static IReadOnlyDictionary<string, double> Score(TaskDefinition task, string answer, string target, params (string, object?)[] columns)
    {
        var row = columns.ToDictionary(column => column.Item1, column => column.Item2, StringComparer.Ordinal);
        var sample = new Sample { Id = "0", Position = 0, Document = new Document("data.jsonl:1", row), Arguments = [new PromptArgument([], null)], Targets = [target] };
        return Assert.Single(TaskScorer.Score(task, sample, new Response(answer, Outcome.Ok))).Scores;
    }

    static TaskDefinition TaskWith(string metrics) => FileWith(metrics).Require();

    static TaskFile FileWith(string metrics)
    {
        using var folder = new Tasks.TemporaryFolder();
        folder.Write("data.jsonl", """{"q": "a"}""");
        return TaskReader.Read(
            folder.Write("task.yaml", $"task: t\ndataset_path: json\ndataset_kwargs:\n  data_files:\n    test: data.jsonl\ntest_split: test\noutput_type: generate_until\ndoc_to_text: q\ndoc_to_target: q\nmetric_list:\n{metrics}"),
            folder.Path);
    }
}
