using System.Globalization;
using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd;

public class RunCommandTests
{
    static readonly string[] _colours = ["red", "green", "blue"];

    [Fact]
    public async Task Five_mistakes_are_five_problems_with_their_lines_and_exit_code_2()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data.csv", "a,b,y\n1,x,0\n2,y,1\n");
        folder.Write("broken.yaml", """
            name: broken
            data: {path: data.csv, target: z}
            method: {cross_validation: {folds: 1}}
            modell: {}
            model:
              sequential:
                layers: [{dense: {units: many, activation: relu}}, {dense: {units: 1, activation: sigmoid}}]
            metrics: [accuracy, f3]
            gates: ["acuracy >= 0.5"]
            """);
        var result = await AssayProcess.RunAsync(folder.Path, "run", "broken.yaml", "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Collection(
            result.Errors,
            line => AssertProblem(line, 2, "'z'", "a, b, y"),
            line => AssertProblem(line, 3, "'1'", "from 2"),
            line => AssertProblem(line, 4, "'modell'", "'model'"),
            line => AssertProblem(line, 7, "'many'", "whole number"),
            line => AssertProblem(line, 8, "'f3'", "'f1'"),
            line => AssertProblem(line, 9, "'acuracy'", "'accuracy'"));
        Assert.Equal(result.Errors.Count, result.Json["problems"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_figures_but_for_times()
    {
        using var folder = new TemporaryFolder();
        WriteSmallSpec(folder, requests: 50);
        var first = await AssayProcess.RunAsync(folder.Path, "run", "small.yaml", "--json");
        var second = await AssayProcess.RunAsync(folder.Path, "run", "small.yaml", "--json");
        Assert.Equal(0, first.ExitCode);
        Assert.Equal(Figures(first), Figures(second));
        Assert.Contains(Figures(first), figure => figure.StartsWith("service accuracy ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{cross_validation: {folds: 3, repeats: 2}}", 6, 2)]
    [InlineData("{shuffle: {splits: 4, test: 0.5}}", 4, 4)]
    public async Task Rows_tested_more_than_once_have_a_record_each_time_and_count_once(string method, int versions, int most)
    {
        using var folder = new TemporaryFolder();
        var random = new SeededRandom(5);
        folder.Write("data.csv", "x,y\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{random.NextNormal() + (i % 2)},{i % 2}"))));
        folder.Write("repeated.yaml", $$$"""
            name: repeated
            data: {path: data.csv, target: y}
            method: {{{method}}}
            model: {sequential: {layers: [{dense: {units: 1, activation: sigmoid}}], epochs: 3}}
            metrics: [accuracy, f1, roc_auc, log_loss, ece]
            serve: {protocol: v2}
            """);
        var result = await AssayProcess.RunAsync(folder.Path, "run", "repeated.yaml", "--json", "--records", "records.jsonl");
        Assert.Equal(0, result.ExitCode);
        var records = (await File.ReadAllLinesAsync(Path.Combine(folder.Path, "records.jsonl"), TestContext.Current.CancellationToken)).Select(line => JsonNode.Parse(line)!).ToList();
        var evaluated = records.Where(record => (string?)record["stage"] == "evaluate").ToList();
        Assert.Equal(evaluated.Count, evaluated.Select(record => ((string)record["id"]!, (int)record["repeat"]!)).Distinct().Count());
        Assert.Equal(most, evaluated.Max(record => (int)record["repeat"]!));
        Assert.Equal(versions, evaluated.Max(record => (int)record["fold"]!));
        Assert.Equal(evaluated.Count, records.Count(record => (string?)record["stage"] == "service"));

        var rows = evaluated.Select(record => (string)record["id"]!).Distinct().Count();
        var estimates = result.Json["estimates"]!.AsArray().Where(estimate => (string?)estimate!["stage"] == "evaluate" && (string?)estimate["model"] == "sequential" && estimate["slice"] is null).ToDictionary(estimate => (string)estimate!["metric"]!);
        Assert.Equal((rows, "cluster-bootstrap-bca"), ((int)estimates["accuracy"]!["n"]!, (string)estimates["accuracy"]!["method"]!));
        Assert.Equal((versions, "corrected-resampled-t"), ((int)estimates["accuracy/fold_mean"]!["n"]!, (string)estimates["accuracy/fold_mean"]!["method"]!));

        // The mean over rows of each row's mean over its repeats.
        var mean = evaluated.GroupBy(record => (string)record["id"]!).Average(row => row.Average(record => (double)record["scores"]!["accuracy"]!));
        Assert.Equal(mean, (double)estimates["accuracy"]!["value"]!, 1e-12);
    }

    [Fact]
    public async Task Every_stage_of_the_road_is_in_the_report_and_the_records_have_every_row()
    {
        using var folder = new TemporaryFolder();
        WriteSmallSpec(folder, requests: 50);
        var result = await AssayProcess.RunAsync(folder.Path, "run", "small.yaml", "--json", "--records", "records.jsonl");
        Assert.Equal(0, result.ExitCode);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine((string)result.Json["report"]!, "report.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(
            ["prepare", "split", "train", "evaluate", "analyse", "serve", "service", "load closed 2", "optimise"],
            report["stages"]!.AsArray().Select(stage => (string)stage!["name"]!));
        Assert.All(report["stages"]!.AsArray(), stage => Assert.Equal("done", (string)stage!["state"]!));
        Assert.Equal(0, (double)report["service"]!["largest_difference"]!);
        Assert.True((bool)report["service"]!["metrics_equal"]!);
        Assert.Equal(report["estimates"]!.ToJsonString(), result.Json["estimates"]!.ToJsonString());
        var records = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "records.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(200, records.Count(line => (string)JsonNode.Parse(line)!["stage"]! == "evaluate"));
        Assert.Equal(200, records.Count(line => (string)JsonNode.Parse(line)!["stage"]! == "service"));
        var runs = await AssayProcess.RunAsync(folder.Path, "runs");
        Assert.Contains(" 400  ", runs.Output, StringComparison.Ordinal);
        Assert.Contains("done", runs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_gate_gives_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallSpec("") + "gates: [\"accuracy >= 1.1\"]\n");
        folder.Write("small.csv", SmallData());
        var result = await AssayProcess.RunAsync(folder.Path, "run", "small.yaml", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("fail", (string)result.Json["verdict"]!);
    }

    [Fact]
    public async Task Ctrl_C_in_the_load_stage_leaves_a_report_of_what_was_done_and_exit_code_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: sends SIGINT");
        using var folder = new TemporaryFolder();
        folder.Write("small.csv", SmallData());
        folder.Write("small.yaml", SmallSpec("load: {arrivals: {constant: 100}, duration: 8s}"));
        using var process = new AssayProcess(folder.Path, "run", "small.yaml", "--json");
        await process.SeeAsync("load constant 100/s  ");
        process.Signal("INT");
        var result = await process.EndAsync();
        Assert.Equal(130, result.ExitCode);
        Assert.Equal("incomplete", (string)result.Json["verdict"]!);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine((string)result.Json["report"]!, "report.json"), TestContext.Current.CancellationToken))!;
        var load = Assert.Single(report["loads"]!.AsArray())!;
        Assert.True((bool)load["cancelled"]!);
        Assert.InRange((long)load["sent"]!, 1, 799);
        Assert.Equal((long)load["sent"]!, (long)load["ok"]!);
        Assert.Equal("cancelled", (string)report["stages"]!.AsArray()[^1]!["state"]!);
        Assert.Contains(report["estimates"]!.AsArray(), estimate => (string)estimate!["metric"]! == "accuracy");
    }

    [Theory]
    [InlineData("run", "absent.yaml", "absent.yaml")]
    [InlineData("run", "--no-such-option", "--no-such-option")]
    public async Task Wrong_arguments_give_exit_code_2_and_name_what_is_wrong(string command, string argument, string named)
    {
        using var folder = new TemporaryFolder();
        var result = await AssayProcess.RunAsync(folder.Path, command, argument);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(result.Errors, line => line.Contains(named, StringComparison.Ordinal));
        Assert.Empty(result.Output);
    }

    static void AssertProblem(string line, int at, params string[] parts)
    {
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"broken.yaml:{at}: "), line, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    // Times, rates, memory and ids are the only things that may differ.
    static List<string> Figures(AssayResult result) =>
    [
        .. result.Json["estimates"]!.AsArray()
            .Where(estimate => (string)estimate!["stage"]! != "load")
            .Select(estimate => $"{estimate!["stage"]} {estimate["metric"]} {estimate["slice"]?.ToJsonString()} {estimate["value"]} {estimate["low"]} {estimate["high"]} {estimate["n"]}"),
    ];

    static void WriteSmallSpec(TemporaryFolder folder, int requests)
    {
        folder.Write("small.csv", SmallData());
        folder.Write("small.yaml", SmallSpec(string.Create(CultureInfo.InvariantCulture, $"load: {{concurrency: 2, requests: {requests}}}")) + "optimise: {trials: 2, folds: 2, search: {learning_rate: [0.01]}}\ngates: [\"accuracy >= 0.5\"]\n");
    }

    static string SmallSpec(string load) => $$$"""
        name: small
        seed: 3
        data: {path: small.csv, target: y}
        prepare: [{impute: median}, {standardize: numeric}, {one_hot: categorical}]
        method: {cross_validation: {folds: 2}}
        model:
          sequential:
            layers: [{dense: {units: 4, activation: relu}}, {dense: {units: 1, activation: sigmoid}}]
            epochs: 40
        slices: [colour]
        serve: {protocol: v2}
        {{{load}}}

        """;

    static string SmallData()
    {
        var random = new SeededRandom(1);
        var rows = Enumerable.Range(0, 200).Select(i =>
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            var colour = _colours[random.Next(3)];
            return string.Create(CultureInfo.InvariantCulture, $"{(i % 17 == 0 ? "" : a.ToString("F3", CultureInfo.InvariantCulture))},{b:F3},{colour},{(a + b > 0 ? 1 : 0)}");
        });
        return "a,b,colour,y\n" + string.Join('\n', rows) + "\n";
    }
}
