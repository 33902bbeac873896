using System.Globalization;
using System.Text.Json.Nodes;

namespace Assay.Tests.EndToEnd;

public class TrainCommandTests
{
    [Fact]
    public async Task Numbers_are_held_against_the_mean_saved_and_served()
    {
        using var folder = new TemporaryFolder();
        folder.Write("houses.csv", Houses());
        var result = await AssayProcess.RunAsync(folder.Path, "train", "houses.csv", "--target", "price", "--model", "ridge", "--folds", "4", "--save", "m.assay", "--records", "r.jsonl", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("train", (string)result.Json["command"]!);
        var estimates = result.Json["estimates"]!.AsArray();
        Assert.True(ValueOf(estimates, "r2", "ridge") > 0.8);
        Assert.True(ValueOf(estimates, "mae", "ridge") < ValueOf(estimates, "mae", "mean"));
        Assert.True(ValueOf(estimates, "mae/minus_baseline", "ridge") < 0);
        Assert.True(File.Exists(Path.Combine(folder.Path, "m.assay")));
        var records = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "r.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(120, records.Length);
        var record = JsonNode.Parse(records[0])!;
        Assert.InRange(double.Parse((string)record["answer"]!, CultureInfo.InvariantCulture), 0, 500);
        Assert.NotNull(record["scores"]!["absolute_error"]);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.Path, "assay-out"), "unfinished-*"));
        var report = await File.ReadAllTextAsync(Path.Combine((string)result.Json["report"]!, "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("price: predicted against true", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_of_numbers_goes_the_whole_road()
    {
        using var folder = new TemporaryFolder();
        folder.Write("houses.csv", Houses());
        folder.Write("houses.yaml", """
            name: houses
            data: {path: houses.csv, target: [price, rent]}
            prepare: [{impute: {columns: numeric, strategy: median}}, {standardize: numeric}, {one_hot: categorical}]
            method: {holdout: {test: 0.3}, cross_validation: {folds: 3}}
            model: {linear: {}}
            slices: [city]
            analyse: {permutation_importance: {repeats: 3}, learning_curve: true}
            serve: v2
            load: {concurrency: 1, requests: 20}
            gates: ["r2 >= 0.5", "service.r2 >= 0.5", "mean.r2 <= 0.2", "load.requests_ok == 20"]
            """);
        var result = await AssayProcess.RunAsync(folder.Path, "run", "houses.yaml", "--json");
        Assert.Equal(0, result.ExitCode);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine((string)result.Json["report"]!, "report.json"), TestContext.Current.CancellationToken))!;
        Assert.All(report["stages"]!.AsArray(), stage => Assert.Equal("done", (string)stage!["state"]!));
        Assert.Equal(0, (double)report["service"]!["largest_difference"]!);
        Assert.True((bool)report["service"]!["metrics_equal"]!);
        Assert.Equal(["price", "rent"], report["residuals"]!.AsArray().Select(target => (string)target!["target"]!));
        Assert.Equal("size", (string)report["importance"]!["columns"]![0]!["column"]!);
        Assert.Equal(6, report["learning_curve"]!["points"]!.AsArray().Count);
        Assert.Equal("mae", (string)report["slices"]![0]!["score"]!["metric"]!);
    }

    [Fact]
    public async Task A_model_that_is_no_better_than_the_majority_is_told()
    {
        using var folder = new TemporaryFolder();
        var random = new SeededRandom(4);
        folder.Write("noise.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 80).Select(i => $"{random.Next(100)},{(random.Next(2) == 0 ? "no" : "yes")}\n")));
        var result = await AssayProcess.RunAsync(folder.Path, "train", "noise.csv", "--target", "y", "--model", "logistic");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("not better than the baseline 'majority'", string.Join(' ', result.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target", "prise", "'price'")]
    [InlineData("--folds", "1", "at least 2")]
    [InlineData("--target-kind", "classes", "largest class")]
    public async Task A_mistake_is_told_and_nothing_is_trained(string option, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("houses.csv", Houses());
        string[] target = option == "--target" ? [] : ["--target", "price"];
        var result = await AssayProcess.RunAsync(folder.Path, ["train", "houses.csv", .. target, "--model", "linear", option, value]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, string.Join('\n', result.Errors), StringComparison.Ordinal);
    }

    // Ten kills one after the other: at the start, after each of some folds, while judging, and during the last fit.
    [Fact]
    public async Task Killed_ten_times_and_resumed_the_result_is_that_of_an_uninterrupted_training()
    {
        using var folder = new TemporaryFolder();
        folder.Write("houses.csv", Houses());
        string[] command = ["train", "houses.csv", "--target", "city", "--epochs", "300", "--folds", "8", "--json"];
        var whole = await AssayProcess.RunAsync(folder.Path, [.. command, "--output", "whole"]);
        Assert.Equal(0, whole.ExitCode);
        var unfinished = Directory.CreateDirectory(Path.Combine(folder.Path, "killed", "unfinished-houses")).FullName;
        string[] moments = ["prepare", "fold-1.assay", "fold-2.assay", "fold-3.assay", "fold-4.assay.epochs", "fold-5.assay", "fold-6.assay.epochs", "train", "fold-8.assay", "evaluate"];
        var errors = new List<string>();
        foreach (var moment in moments)
        {
            Directory.CreateDirectory(unfinished);
            using var watcher = new FileSystemWatcher(unfinished) { EnableRaisingEvents = true };
            using var killed = new AssayProcess(folder.Path, [.. command, "--output", "killed", "--resume"]);
            await Task.WhenAny(moment.Contains(".assay", StringComparison.Ordinal) ? FileAsync(watcher, unfinished, moment) : killed.SeeAsync(moment), killed.ExitAsync());
            killed.Signal("KILL");
            errors.AddRange((await killed.EndAsync()).Errors);
        }

        var resumed = await AssayProcess.RunAsync(folder.Path, [.. command, "--output", "killed", "--resume"]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains(errors, line => line.StartsWith("Going on with", StringComparison.Ordinal));
        Assert.Equal(whole.Json["estimates"]!.ToJsonString(), resumed.Json["estimates"]!.ToJsonString());
        Assert.Equal(await BytesAsync(folder, "whole"), await BytesAsync(folder, "killed"));
        Assert.False(Directory.Exists(unfinished));
    }

    static Task<byte[]> BytesAsync(TemporaryFolder folder, string output) =>
        File.ReadAllBytesAsync(Path.Combine(folder.Path, output, "model.assay"), TestContext.Current.CancellationToken);

    static async Task FileAsync(FileSystemWatcher watcher, string folder, string name)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, change) => Look(change.Name);
        watcher.Created += (_, change) => Look(change.Name);
        // A fold that is done has no epochs any more.
        if (File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name.Replace(".epochs", "", StringComparison.Ordinal))))
        {
            return;
        }

        await seen.Task.WaitAsync(TestContext.Current.CancellationToken);

        void Look(string? changed)
        {
            if (changed == name)
            {
                seen.TrySetResult();
            }
        }
    }

    static double ValueOf(JsonArray estimates, string metric, string model) =>
        (double)estimates.First(estimate => (string)estimate!["metric"]! == metric && (string)estimate["model"]! == model)!["value"]!;

    static string Houses()
    {
        var random = new SeededRandom(11);
        string[] cities = ["Bonn", "Kiel", "Ulm"];
        return "size,age,city,price,rent\n" + string.Concat(Enumerable.Range(0, 120).Select(i =>
        {
            var (size, age, city) = (40 + random.Next(100), random.Next(60), random.Next(3));
            var price = (2 * size) - (0.5 * age) + (10 * city) + (8 * random.NextNormal());
            return string.Create(CultureInfo.InvariantCulture, $"{size},{(i % 17 == 3 ? "" : age)},{cities[city]},{price:F2},{(price / 20) + random.NextNormal():F2}\n");
        }));
    }
}
