using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Reporting;
using Assay.Tests.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>Through a real server of another make, on the same small model: the harness's requests, its answers, its results. It cannot echo, and is refused for log-likelihoods.</summary>
public class LlamaServerParityTests
{
    // Greedy answers may differ where two tokens are as good as equal: the server's sums depend on what it batches together.
    const double Ties = 0.02;

    static readonly string[] _names = ["arith_gen_0shot", "arith_gen_5shot", "chat_sums", "capitals_em_case_punct"];

    [Fact]
    public async Task Answers_and_results_are_those_of_the_harness_and_log_likelihoods_are_refused()
    {
        _ = HarnessRun.Shared;
        using var server = await LlamaServer.StartAsync();
        using var folder = new TemporaryFolder();
        var completions = new OpenAIModelOptions { BaseAddress = server.Address, Model = "tiny", Name = "completions" };
        var chat = completions with { Name = "chat_multiturn", Form = PromptForm.Chat, Stream = true };
        foreach (var model in new[] { completions, chat })
        {
            var run = await HarnessRun.OfAsync(Path.Combine(folder.Path, model.Name), model, _names.Select(HarnessRun.Task));
            Assert.Equal(Verdict.Pass, run.Report.Verdict);
            Assert.Equal("2048 tokens", Assert.Single(run.Report.Capabilities, found => found.Name == "context").Text);
            foreach (var name in _names)
            {
                Compare(run, model.Name, name);
            }
        }

        foreach (var (model, reason) in new[] { (completions, "the service does not echo the prompt"), (chat, "they are of texts as they are and not of chat messages") })
        {
            var problem = await Assert.ThrowsAsync<UserErrorException>(() => HarnessRun.OfAsync(folder.Path, model, [HarnessRun.Task("numbers_mc_letters")]));
            Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        }
    }

    static void Compare(HarnessRun run, string folder, string name)
    {
        var theirs = File.ReadAllLines(HarnessRun.Replay(folder, name).Path);
        var ours = File.ReadAllLines(run.Samples($"pg_{name}"));
        Assert.Equal(theirs.Length, ours.Length);
        var others = 0;
        foreach (var (their, our) in theirs.Zip(ours, (one, other) => (JsonNode.Parse(one)!, JsonNode.Parse(other)!)))
        {
            foreach (var key in new[] { "doc_id", "doc", "target", "arguments", "filter", "doc_hash", "prompt_hash", "target_hash" })
            {
                Assert.Equal(their[key]!.ToJsonString(), our[key]!.ToJsonString());
            }

            others += their["resps"]!.ToJsonString() == our["resps"]!.ToJsonString() ? 0 : 1;
        }

        Assert.InRange((double)others / theirs.Length, 0, Ties);
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(HarnessRun.Shared, "expected.json")))![folder]![$"pg_{name}"]!;
        var results = JsonNode.Parse(File.ReadAllText(run.Results()))!["results"]![$"pg_{name}"]!;
        foreach (var (metric, value) in expected.AsObject().Where(entry => entry.Key.StartsWith("exact_match,", StringComparison.Ordinal)))
        {
            Assert.Equal((double)value!, (double)results[metric]!, Ties);
        }
    }
}
