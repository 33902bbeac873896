using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Assay.Tests.EndToEnd;

/// <summary><c>assay compare</c> on what <c>assay eval</c> stored.</summary>
public class CompareCommandTests
{
    const string Task = """
        task: sums
        dataset_path: json
        dataset_kwargs: {data_files: {test: data.jsonl}}
        test_split: test
        output_type: generate_until
        doc_to_text: q
        doc_to_target: a
        metric_list: [{metric: exact_match}]

        """;

    [Fact]
    public async Task Two_runs_and_a_file_are_compared_sample_by_sample()
    {
        using var folder = Prepared();
        foreach (var model in new[] { "old", "new" })
        {
            var eval = await AssayProcess.RunAsync(folder.Path, "eval", "sums.yaml", "--model", $"replay:{model}.jsonl", "--records", $"{model}.records.jsonl");
            Assert.Equal(0, eval.ExitCode);
        }

        var runs = await AssayProcess.RunAsync(folder.Path, "runs", "--json");
        var ids = runs.Json["runs"]!.AsArray().Select(run => (string)run!["header"]!["id"]!).ToList();
        foreach (var (a, b) in new[] { (ids[1], "last"), ("old.records.jsonl", "new.records.jsonl"), ($"{ids[1]}#old", $"{ids[0]}#new") })
        {
            var result = await AssayProcess.RunAsync(folder.Path, "compare", a, b, "--margin", "0.01", "--fail-on", "worse", "--json");
            Assert.Equal(1, result.ExitCode);
            var comparison = result.Json["comparisons"]![0]!;
            Assert.Equal("worse", (string)comparison["verdict"]!);
            Assert.Equal((100, 20, 4), ((int)comparison["scores"]![0]!["n"]!, (int)comparison["scores"]![0]!["only_a"]!, (int)comparison["scores"]![0]!["only_b"]!));
            Assert.Equal(24, comparison["flips"]!.AsArray().Count);
            Assert.Equal(("right", "wrong"), ((string)comparison["flips"]![0]!["answer_a"]!, (string)comparison["flips"]![0]!["answer_b"]!));
            Assert.Equal(-0.16, (double)result.Json["estimates"]![0]!["value"]!, 1e-12);
        }

        var text = await AssayProcess.RunAsync(folder.Path, "compare", ids[1], ids[0], "--markdown", "out.md");
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("worse: sums none exact_match 0.500 to 0.340, -0.160 [", text.Output, StringComparison.Ordinal);
        Assert.Contains("replay:new.jsonl", text.Output, StringComparison.Ordinal);
        Assert.Contains("| 20 / 4 |", File.ReadAllText(Path.Combine(folder.Path, "out.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nope", "There is no run 'nope'")]
    [InlineData("last", "There is no finished run for 'last'")]
    [InlineData("broken.jsonl", "broken.jsonl:1")]
    [InlineData("empty.jsonl", "has no records")]
    public async Task What_cannot_be_compared_is_told(string run, string expected)
    {
        using var folder = Prepared();
        folder.Write("broken.jsonl", "{\"id\": 1}\n");
        folder.Write("empty.jsonl", "");
        var result = await AssayProcess.RunAsync(folder.Path, "compare", run, run, "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, (string)result.Json["problems"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_gate_is_told_to_ci_servers()
    {
        using var folder = Prepared();
        folder.Write("spec.yaml", "name: nightly\ntasks: [sums.yaml]\nmodel: {replay: {path: old.jsonl, output: \"{{ output }}\"}}\ngates: [\"exact_match >= 0.9\", \"exact_match >= 0.1 and seconds <= 10m\"]\n");
        var result = await AssayProcess.RunAsync(folder.Path, "run", "spec.yaml", "--junit", "out/junit.xml", "--summary", "summary.md", "--github", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.IsType<JsonObject>(result.Json);
        var suites = XDocument.Load(Path.Combine(folder.Path, "out", "junit.xml")).Root!;
        Assert.Equal(("3", "1"), ((string)suites.Attribute("tests")!, (string)suites.Attribute("failures")!));
        Assert.Contains("::error title=Gate does not hold::exact_match >= 0.9: the value is 0.500", result.Errors);
        Assert.Contains("nightly: FAIL", File.ReadAllText(Path.Combine(folder.Path, "summary.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_found_before_the_run()
    {
        using var folder = Prepared();
        var result = await AssayProcess.RunAsync(folder.Path, "eval", "sums.yaml", "--model", "replay:old.jsonl", "--junit", "data.jsonl/x.xml", "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("data.jsonl/x.xml", (string)result.Json["problems"]![0]!, StringComparison.Ordinal);
    }

    // Old is right in the even samples; new loses 20 of them and wins 4 others.
    static TemporaryFolder Prepared()
    {
        var folder = new TemporaryFolder();
        folder.Write("sums.yaml", Task);
        folder.Write("data.jsonl", Lines(i => $"{{\"q\": \"{i}\", \"a\": \"right\"}}"));
        folder.Write("old.jsonl", Lines(i => Answer(i % 2 == 0)));
        folder.Write("new.jsonl", Lines(i => Answer(i % 2 == 0 ? i >= 40 : i < 8)));
        return folder;
    }

    static string Lines(Func<int, string> line) => string.Concat(Enumerable.Range(0, 100).Select(i => line(i) + "\n"));

    static string Answer(bool isRight) => $"{{\"output\": \"{(isRight ? "right" : "wrong")}\"}}";
}
