using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Reporting;
using Assay.Tests.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>The tasks of harness_parity live on the small model, from its folder and as Assay brings it along, beside the harness's run of the same weights in float32.</summary>
public class HarnessLiveTests
{
    // What ../shared/data/harness_parity allows between two engines, in nats.
    const double Nats = 0.015;

    static readonly string[] _choices = ["capitals_mc_column", "numbers_mc_letters", "reviews_en_mc", "reviews_zh_mc"];

    static readonly string[] _generated = ["arith_gen_0shot", "arith_gen_5shot", "chat_sums", "capitals_em_case_punct"];

    // The weights that Assay brings along are of 16 bits but for the early layers: of two tokens that are as good as equal it may take the other.
    [Theory]
    [InlineData("folder", 0)]
    [InlineData(LocalModelOptions.Tiny, 0.02)]
    public async Task Log_likelihoods_answers_and_metrics_are_those_of_the_harness(string kind, double ties)
    {
        using var folder = new TemporaryFolder();
        string[] names = [.. _choices, .. _generated, "lastword_loglikelihood"];
        var run = await HarnessRun.OfAsync(folder.Path, Model(kind), names.Select(HarnessRun.Task));
        Assert.Equal(Verdict.Pass, run.Report.Verdict);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(HarnessRun.Shared, "expected.json"), HarnessRun.Token))!["hf"]!;
        var results = JsonNode.Parse(await File.ReadAllTextAsync(run.Results(), HarnessRun.Token))!["results"]!;
        foreach (var name in names)
        {
            var (theirs, ours) = (Lines(HarnessRun.Replay("hf", name).Path), Lines(run.Samples($"pg_{name}")));
            Assert.Equal(theirs.Select(line => line["arguments"]!.ToJsonString()), ours.Select(line => line["arguments"]!.ToJsonString()));
            var others = theirs.Zip(ours, (their, our) => Others(their["resps"]!.AsArray(), our["resps"]!.AsArray())).Sum();
            Assert.InRange((double)others / theirs.Length, 0, ties);
            foreach (var (metric, value) in expected[$"pg_{name}"]!.AsObject().Where(entry => entry.Key.Contains(',', StringComparison.Ordinal) && !entry.Key.Contains("_stderr", StringComparison.Ordinal)))
            {
                // What is made of log-likelihoods moves with them: brier scores, of shares of 1, and perplexities, as a whole.
                var most = metric.StartsWith("perplexity", StringComparison.Ordinal) ? (double)value! * Nats : metric.StartsWith("brier", StringComparison.Ordinal) ? Nats : ties + 1e-12;
                Assert.Equal((double)value!, (double)results[$"pg_{name}"]![metric]!, most);
            }
        }
    }

    // The harness had windows of 256 tokens: what fits into one of them is judged the same.
    [Fact]
    public async Task Whole_texts_of_one_window_are_as_likely()
    {
        var lines = Lines(HarnessRun.Replay("hf", "documents_rolling").Path);
        await using var model = LocalModel.Load(Model("folder"));
        var compared = 0;
        foreach (var line in lines)
        {
            var likelihood = await model.RollingLogLikelihoodAsync((string)line["arguments"]!["gen_args_0"]!["arg_0"]!, HarnessRun.Token);
            if (likelihood.Tokens < 256)
            {
                Assert.Equal(Number(line["resps"]![0]![0]!), likelihood.LogProbability!.Value, Nats);
                compared++;
            }
        }

        Assert.InRange(compared, 20, lines.Length);
    }

    static LocalModelOptions Model(string kind) => new() { Path = kind == "folder" ? SharedFolder.Find("tiny-lm", "hf") : kind };

    // Answers that are other texts; log-likelihoods are held against the bound at once.
    static int Others(JsonArray theirs, JsonArray ours)
    {
        var others = 0;
        foreach (var (their, our) in theirs.Zip(ours, (one, other) => (one![0]!, other![0]!)))
        {
            if (their is JsonArray pair)
            {
                Assert.Equal(Number(pair[0]!), Number(our[0]!), Nats);
                Assert.Equal((string)pair[1]!, (string)our[1]!);
            }
            else
            {
                others += (string)their! == (string)our! ? 0 : 1;
            }
        }

        return others;
    }

    static double Number(JsonNode text) => double.Parse((string)text!, CultureInfo.InvariantCulture);

    static JsonNode[] Lines(string path) => [.. File.ReadLines(path).Select(line => JsonNode.Parse(line)!)];
}
