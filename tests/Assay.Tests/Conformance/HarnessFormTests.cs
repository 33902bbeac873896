using System.Text.Json;
using Assay.Models;
using Assay.Reporting;
using Assay.Results.Harness;
using Assay.Running;
using Assay.Tasks;
using Assay.Tests.Tasks;

namespace Assay.Tests.Conformance;

/// <summary>
/// What lm-evaluation-harness 0.4.13.dev0 (4e7e0d47) logged is replayed and logged again in its form: the samples are the same byte by byte, the results the same
/// numbers; and both are read.
/// </summary>
public class HarnessFormTests
{
    // Sums in float64 over the same numbers; only their order differs.
    const double Rounding = 1e-12;

    static readonly string[] _likelihoods = ["capitals_mc_column", "numbers_mc_letters", "reviews_en_mc", "reviews_zh_mc", "lastword_loglikelihood", "documents_rolling"];

    static readonly string[] _generated = ["arith_gen_0shot", "arith_gen_5shot", "chat_sums", "capitals_em_case_punct"];

    [Fact]
    public async Task Samples_are_those_of_the_harness_byte_by_byte()
    {
        foreach (var (run, names) in new[] { ("hf", _likelihoods), ("hf", _generated), ("completions", _generated) })
        {
            foreach (var name in names)
            {
                using var folder = new TemporaryFolder();
                var again = await HarnessRun.OfAsync(folder.Path, HarnessRun.Replay(run, name), [HarnessRun.Task(name)]);
                Assert.Equal(Verdict.Pass, again.Report.Verdict);
                Assert.Equal(
                    await File.ReadAllLinesAsync(HarnessRun.Replay(run, name).Path, HarnessRun.Token),
                    await File.ReadAllLinesAsync(again.Samples($"pg_{name}"), HarnessRun.Token));
            }
        }
    }

    [Fact]
    public async Task Results_have_the_harness_s_figures_and_standard_errors()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in _likelihoods.Concat(_generated))
        {
            var again = await HarnessRun.OfAsync(Path.Combine(folder.Path, name), HarnessRun.Replay("hf", name), [HarnessRun.Task(name)]);
            using var results = JsonDocument.Parse(await File.ReadAllTextAsync(again.Results(), HarnessRun.Token));
            Same(Expected().GetProperty("hf").GetProperty($"pg_{name}"), results.RootElement.GetProperty("results").GetProperty($"pg_{name}"));
        }
    }

    [Fact]
    public async Task A_group_has_the_harness_s_means_and_pooled_standard_errors()
    {
        using var folder = new TemporaryFolder();
        var parts = new[] { "numbers_mc_letters", "capitals_mc_column", "reviews_zh_mc" };
        var logs = Path.Combine(folder.Path, "samples_all.jsonl");
        await File.WriteAllLinesAsync(logs, parts.SelectMany(name => File.ReadLines(HarnessRun.Replay("hf", name).Path)), HarnessRun.Token);
        var tasks = TaskFolder.Open(Path.Combine(HarnessRun.Shared, "tasks"), HarnessRun.Token);
        var group = Assert.IsType<TaskGroup>(Assert.Single(tasks.Find("pg_group_by_size", new TaskReadOptions { CurrentDirectory = HarnessRun.Shared })));
        var replay = new ReplayOptions { Path = logs, Output = "{{ output }}", Name = "hf" };
        var again = await HarnessRun.OfAsync(folder.Path, replay, group.Leaves.Select(leaf => leaf.File.Require()), [group]);
        using var results = JsonDocument.Parse(await File.ReadAllTextAsync(again.Results(), HarnessRun.Token));
        var expected = Expected().GetProperty("group_by_size");
        Same(expected.GetProperty("groups").GetProperty("pg_group_by_size"), results.RootElement.GetProperty("groups").GetProperty("pg_group_by_size"));
        Assert.Equal(
            group.Leaves.Select(leaf => leaf.Name),
            results.RootElement.GetProperty("group_subtasks").GetProperty("pg_group_by_size").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Logs_of_the_harness_are_read_as_the_records_of_a_replay()
    {
        foreach (var (run, names) in new[] { ("hf", _likelihoods), ("hf", _generated) })
        {
            foreach (var name in names)
            {
                using var folder = new TemporaryFolder();
                var again = await HarnessRun.OfAsync(folder.Path, HarnessRun.Replay(run, name), [HarnessRun.Task(name)]);
                foreach (var path in new[] { HarnessRun.Replay(run, name).Path, again.Folder })
                {
                    var read = await HarnessLog.ReadSamplesAsync(path, HarnessRun.Token).ToDictionaryAsync(record => (record.Id, record.Filter), cancellationToken: HarnessRun.Token);
                    Assert.Equal(again.Records.Count, read.Count);
                    foreach (var record in again.Records)
                    {
                        var logged = read[(record.Id, record.Filter)];
                        Assert.Equal((record.Task, record.Model, record.Output, record.Answer, record.Outcome), (logged.Task, logged.Model, logged.Output, logged.Answer, logged.Outcome));
                        Assert.Equal(record.Scores.Keys.Order(), logged.Scores.Keys.Order());
                        Assert.All(record.Scores, score => Assert.Equal(score.Value, logged.Scores[score.Key], Rounding * Math.Max(1, score.Value)));
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Log_likelihoods_are_scored_again_without_a_model()
    {
        foreach (var name in _likelihoods)
        {
            var (task, log) = (HarnessRun.Task(name), HarnessRun.Replay("hf", name).Path);
            var rescored = Assert.Single(await Rescoring.ComputeAsync(task, HarnessLog.ReadSamplesAsync(log, HarnessRun.Token), cancellationToken: HarnessRun.Token));
            Assert.Empty(rescored.Flips.Where(flip => Math.Abs(flip.Before - flip.After) > Rounding * Math.Max(1, flip.Before)));
            foreach (var metric in task.Metrics.Select(metric => metric.Name))
            {
                var value = Expected().GetProperty("hf").GetProperty($"pg_{name}").GetProperty($"{metric},none").GetDouble();
                Assert.Equal(value, rescored.Estimates.First(estimate => estimate.Metric == metric).Value!.Value, 1e-9 * Math.Max(1, value));
            }
        }
    }

    [Fact]
    public void Expected_results_are_read()
    {
        // The expected values are results of several runs in one file: the first of them as a file of its own.
        using var folder = new TemporaryFolder();
        var path = folder.Write("results_2026-08-01T00-00-00.json", $$"""{"config": {"model": "hf"}, "results": {{Expected().GetProperty("hf").GetRawText()}} }""");
        var figures = HarnessLog.ReadResults(path).Figures;
        var perplexity = Assert.Single(figures, figure => figure is { Task: "pg_lastword_loglikelihood", Metric: "perplexity" });
        Assert.Equal(("none", 100, 19.014807502535266, 27.21832331955384), (perplexity.Filter, perplexity.N, perplexity.Value, perplexity.StandardError));
        Assert.Null(Assert.Single(figures, figure => figure is { Task: "pg_numbers_mc_letters", Metric: "brier_score" }).StandardError);
    }

    static void Same(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(expected.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal), actual.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal));
        foreach (var entry in expected.EnumerateObject())
        {
            var value = actual.GetProperty(entry.Name);
            if (entry.Value.ValueKind == JsonValueKind.Number)
            {
                Assert.Equal(entry.Value.GetDouble(), value.GetDouble(), Rounding * Math.Max(1, entry.Value.GetDouble()));
            }
            else
            {
                Assert.Equal(JsonSerializer.Serialize(entry.Value), JsonSerializer.Serialize(value));
            }
        }
    }

    static JsonElement Expected() => JsonDocument.Parse(File.ReadAllText(Path.Combine(HarnessRun.Shared, "expected.json"))).RootElement;
}
