using Assay.Models;
using Assay.Results;
using Assay.Tests.Storage;
using Record = Assay.Results.Record;

namespace Assay.Tests.Results;

public sealed class RunFileTests : IDisposable
{
    readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Path => _folder.Store;

    static readonly Record[] _records = [.. Enumerable.Range(0, 5).Select(i => new Record { Id = $"{i}\n\u2028", Stage = "evaluate", Model = "m", Input = "in", Output = "四", Outcome = Outcome.Ok })];

    static readonly StoredRun _run = new(
        new RunSummary(
            new RunHeader { Id = "1", Name = "n\0", Command = "run", Started = DateTimeOffset.UnixEpoch.AddTicks(1), Seed = ulong.MaxValue, Spec = "a: 1\n", AssayVersion = "0.1.0", Environment = "{}" },
            RunState.Failed, DateTimeOffset.UnixEpoch, "fail", 5)
        {
            Models = ["m"],
            Tags = ["t"],
            Cost = 0.5,
            MainScore = new MainScore("acc", 0.1, 0, 0.2, null, "m"),
        },
        "{\n  \"assay\": 1 }\n",
        _records.ToAsyncEnumerable());

    [Fact]
    public async Task A_run_comes_back_as_it_was()
    {
        await WriteAsync();
        var back = await RunFile.ReadAsync(Path, Token);
        Assert.Equal(_run.Summary with { Models = [], Tags = [] }, back.Summary with { Models = [], Tasks = [], Tags = [] });
        Assert.Equal(["m", "t"], [.. back.Summary.Models, .. back.Summary.Tags]);
        Assert.Equal(_run.ReportJson, back.ReportJson);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(_records.Select(RecordJson.Serialize), (await back.Records.ToListAsync(Token)).Select(RecordJson.Serialize));
        }

        Assert.All(await back.Scores.ToListAsync(Token), record => Assert.Null(record.Output));
        Assert.Equal(7, (await File.ReadAllLinesAsync(Path, Token)).Length);
    }

    [Fact]
    public async Task A_file_that_was_cut_gives_what_it_has_and_says_so()
    {
        await WriteAsync();
        var lines = await File.ReadAllLinesAsync(Path, Token);
        await File.WriteAllLinesAsync(Path, lines[..4], Token);
        var back = await RunFile.ReadAsync(Path, Token);
        Assert.Null(back.ReportJson);
        var (count, error) = await CountAsync(back);
        Assert.Equal(3, count);
        Assert.Contains(":4: the file ends early", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_record_and_a_missing_one_are_found()
    {
        await WriteAsync();
        var lines = await File.ReadAllLinesAsync(Path, Token);
        foreach (var changed in new[] { lines.Select(line => line.Replace("四", "五", StringComparison.Ordinal)), [.. lines[..2], .. lines[3..]] })
        {
            await File.WriteAllLinesAsync(Path, changed, Token);
            Assert.Contains("the file was changed", (await CountAsync(await RunFile.ReadAsync(Path, Token))).Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("{\"assay_run\":9}\n")]
    [InlineData("{\"id\":\"7\",\"stage\":\"evaluate\",\"model\":\"m\",\"outcome\":\"ok\"}\n")]
    public async Task What_is_no_exported_run_is_the_users_error(string text)
    {
        await File.WriteAllTextAsync(Path, text, Token);
        Assert.Contains("Expected a file that 'assay runs export' wrote", (await Assert.ThrowsAsync<UserErrorException>(() => RunFile.ReadAsync(Path, Token))).Message, StringComparison.Ordinal);
    }

    async Task WriteAsync()
    {
        await using var file = File.Create(Path);
        await RunFile.WriteAsync(_run, file, Token);
    }

    static async Task<(int Count, string Error)> CountAsync(StoredRun run)
    {
        var count = 0;
        var error = await Assert.ThrowsAsync<UserErrorException>(async () =>
        {
            await foreach (var _ in run.Records)
            {
                count++;
            }
        });
        return (count, error.Message);
    }
}
