using System.Text.Json.Nodes;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Conformance;

/// <summary>The specs in samples/ over the real data that they name.</summary>
public class SampleSpecTests
{
    // scikit-learn 1.2.1's MLPClassifier((32, 16), batch 32, 50 epochs) on our very folds: 0.8238, the mean of five seeds (0.814 to 0.832).
    const double ScikitLearnTitanic = 0.8238;

    [Fact]
    public async Task Titanic_is_as_accurate_as_scikit_learn_on_the_same_folds()
    {
        SharedFolder.Find("data", "seaborn", "titanic.csv");
        var (result, _) = await RunAsync("titanic.yaml");
        var accuracy = result.Json["estimates"]!.AsArray().First(estimate => (string)estimate!["metric"]! == "accuracy" && estimate["slice"] is null)!;

        // The wanted nearness; the standard error of an accuracy of 891 rows is 0.013.
        Assert.Equal(ScikitLearnTitanic, (double)accuracy["value"]!, 0.03);
        Assert.Equal(891, (int)accuracy["n"]!);
        foreach (var (column, values) in new[] { ("sex", 2), ("class", 3) })
        {
            Assert.Equal(values, result.Json["estimates"]!.AsArray().Count(estimate => (string)estimate!["metric"]! == "accuracy" && estimate["slice"]?[column] is not null));
        }
    }

    [Fact]
    public async Task Gsm8k_replays_give_the_published_counts_and_every_verdict()
    {
        var stored = await File.ReadAllLinesAsync(SharedFolder.Find("data", "gsm8k", "example_model_solutions.part1.jsonl"), TestContext.Current.CancellationToken);
        var (result, records) = await RunAsync("gsm8k-replay.yaml");
        var right = result.Json["estimates"]!.AsArray().Where(estimate => (string)estimate!["metric"]! == "exact_match")
            .Select(estimate => ((string)estimate!["model"]!, Math.Round((double)estimate["value"]! * (int)estimate["n"]!)));
        Assert.Equal([("6b_finetuning", 146), ("6b_verification", 266), ("175b_finetuning", 225), ("175b_verification", 371)], right);
        Assert.Equal(4 * 660, records.Length);
        Assert.All(records.Select(line => JsonNode.Parse(line)!), record => Assert.Equal(
            (bool)JsonNode.Parse(stored[int.Parse((string)record["id"]!, null)])![(string)record["model"]!]!["is_correct"]!,
            (double)record["scores"]!["exact_match"]! == 1));
    }

    static async Task<(AssayResult Result, string[] Records)> RunAsync(string spec)
    {
        using var folder = new TemporaryFolder();
        var result = await AssayProcess.RunAsync(folder.Path, "run", Repository.PathOf("samples", spec), "--json", "--records", "records.jsonl");
        Assert.Equal(0, result.ExitCode);
        return (result, await File.ReadAllLinesAsync(Path.Combine(folder.Path, "records.jsonl"), TestContext.Current.CancellationToken));
    }
}
