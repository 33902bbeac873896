using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd;

public class SimulateCommandTests
{
    const string Ask = """{"messages":[{"role":"user","content":"x"}],"stream":true}""";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_address_comes_on_standard_output_the_summary_at_the_end_and_the_truth_in_its_file()
    {
        using var folder = new TemporaryFolder();
        using var process = new AssayProcess(folder.Path, "simulate", "--json", "--ttft", "1ms", "--gap", "1ms", "--tokens", "3", "--truth", "truth.jsonl");
        var started = JsonNode.Parse((await process.ReadLineAsync())!)!;
        Assert.Equal("simulate", (string?)started["command"]);
        using (var http = new HttpClient { BaseAddress = new Uri((string)started["address"]!) })
        {
            using var reply = await http.PostAsync("/v1/chat/completions", new StringContent(Ask), Token);
            Assert.EndsWith("data: [DONE]\n\n", await reply.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        process.Signal("INT");
        var result = await process.EndAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains(result.Errors, line => line == "1 answers (ok 1), 3 tokens in 3 chunks");
        Assert.Equal("1", (string?)JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(Path.Combine(folder.Path, "truth.jsonl"), Token)))!["id"]);
    }

    [Fact]
    public async Task Wrong_options_are_told()
    {
        using var folder = new TemporaryFolder();
        var result = await AssayProcess.RunAsync(folder.Path, "simulate", "--tokens", "0", "--max-batch", "0");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains("0 tokens", StringComparison.Ordinal) && line.Contains("batch is 0", StringComparison.Ordinal));
    }
}
