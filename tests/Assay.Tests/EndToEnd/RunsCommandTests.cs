using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Results;
using Assay.Storage;
using Record = Assay.Results.Record;

namespace Assay.Tests.EndToEnd;

public sealed class RunsCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_are_filtered_tagged_and_pruned()
    {
        await WriteAsync("2026-a", "nightly", 1, "model-1");
        await WriteAsync("2026-b", "nightly", 2, "model-2");
        await WriteAsync("2026-c", "nightly", 3, "model-1");
        Assert.Equal(["2026-c", "2026-a"], await IdsAsync("--model", "model-1"));
        Assert.Equal(["2026-b"], await IdsAsync("--since", "2026-01-02", "--until", "2026-01-03", "--state", "done", "--name", "nightly"));
        Assert.Equal(0, (await RunAsync("tag", "2026-a", "shipped")).ExitCode);
        Assert.Equal(0, (await RunAsync("tag", "last:nightly", "shipped", "--move")).ExitCode);
        Assert.Equal(["2026-c"], await IdsAsync("--tag", "shipped"));

        var dry = await RunAsync("prune", "--keep", "0");
        Assert.Contains("Would delete 2 of 3 runs", string.Concat(dry.Errors), StringComparison.Ordinal);
        Assert.Equal(3, (await IdsAsync()).Length);
        Assert.Equal(0, (await RunAsync("prune", "--keep", "0", "--older-than", "1d", "--yes")).ExitCode);
        Assert.Equal(["2026-c"], await IdsAsync());
        Assert.Equal(2, (await RunAsync("prune")).ExitCode);
        Assert.Equal(2, (await RunAsync("delete", "2026-c", "none")).ExitCode);
        Assert.Equal(0, (await RunAsync("delete", "shipped")).ExitCode);
        Assert.Empty(await IdsAsync());
    }

    [Fact]
    public async Task An_exported_run_is_imported_and_a_cut_one_stays_interrupted()
    {
        await WriteAsync("one", "nightly", 1, "m");
        Assert.Equal(0, (await RunAsync("export", "last", "--to", "one.jsonl")).ExitCode);
        Assert.Equal(0, (await RunAsync("delete", "one")).ExitCode);
        Assert.Equal(0, (await RunAsync("import", "one.jsonl")).ExitCode);
        var run = (await RunAsync("show", "one", "--json")).Json["run"]!;
        Assert.Equal(("done", 3), ((string)run["state"]!, (int)run["record_count"]!));
        Assert.Equal(2, (await RunAsync("import", "one.jsonl")).ExitCode);

        var path = Path.Combine(_folder.Path, "one.jsonl");
        await File.WriteAllLinesAsync(path, (await File.ReadAllLinesAsync(path, Token))[..3].Select(line => line.Replace("\"one\"", "\"two\"", StringComparison.Ordinal)), Token);
        Assert.Equal(2, (await RunAsync("import", "one.jsonl")).ExitCode);
        run = (await RunAsync("show", "two", "--json")).Json["run"]!;
        Assert.Equal(("interrupted", 2), ((string)run["state"]!, (int)run["record_count"]!));
    }

    [Fact]
    public async Task A_damaged_store_is_told_and_salvaged()
    {
        await WriteAsync("one", "nightly", 1, "m");
        var bytes = await File.ReadAllBytesAsync(Store, Token);
        bytes[bytes.AsSpan().IndexOf("\"id\":\"2\""u8) + 6] = (byte)'7';
        await File.WriteAllBytesAsync(Store, bytes, Token);
        var verified = await RunAsync("verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("damaged: Run 'one': record 3 differs from what was written", verified.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await RunAsync("salvage", "--to", "saved")).ExitCode);
        Assert.Equal(0, (await RunAsync("import", Path.Combine("saved", "one.jsonl"), "--store", "other.db")).ExitCode);
        Assert.Equal(2, (int)(await RunAsync("show", "one", "--json", "--store", "other.db")).Json["run"]!["record_count"]!);
    }

    string Store => Path.Combine(_folder.Path, "runs.db");

    Task<AssayResult> RunAsync(params string[] arguments) =>
        AssayProcess.RunAsync(_folder.Path, ["runs", .. arguments, .. arguments.Contains("--store") ? (string[])[] : ["--store", "runs.db"]]);

    async Task<string[]> IdsAsync(params string[] filters) => [.. (await RunAsync([.. filters, "--json"])).Json["runs"]!.AsArray().Select(run => (string)run!["header"]!["id"]!)];

    async Task WriteAsync(string id, string name, int day, string model)
    {
        var header = new RunHeader { Id = id, Name = name, Command = "eval", Started = new DateTimeOffset(2026, 1, day, 12, 0, 0, TimeSpan.Zero), Seed = 1, Spec = "s", AssayVersion = "0.1.0", Environment = "e" };
        await using var log = await new SqliteRunStore(Store, TimeProvider.System).BeginAsync(header, Token);
        for (var i = 0; i < 3; i++)
        {
            await log.AppendAsync(new Record { Id = $"{i}", Stage = "evaluate", Task = "t", Model = model, Outcome = Outcome.Ok }, Token);
        }

        await log.CompleteAsync(new RunCompletion(RunState.Done, "pass", header.Started.AddHours(1), new JsonObject { ["estimates"] = new JsonArray() }.ToJsonString()), Token);
    }
}
