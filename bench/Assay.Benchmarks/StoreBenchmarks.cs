using System.Globalization;
using Assay.Models;
using Assay.Results;
using Assay.Storage;

namespace Assay.Benchmarks;

/// <summary>
/// 200,000 records as of a language model on gsm8k: a prompt of 500 characters, an answer of 400, 1.1 KB of JSON each, in batches that are flushed to the disk.
/// The peer is what is asked: 50,000 records a second appended, all read in a second.
/// </summary>
static class StoreBenchmarks
{
    const int Records = 200_000;

    public static IEnumerable<Benchmark> All =>
    [
        new("Store", "append 200,000 records, SQLite", null, 0, _ => Append),
        new("Store", "read 200,000 records with texts, SQLite", null, 0, _ => Read(withTexts: true)),
        new("Store", "read 200,000 records without texts, SQLite", null, 0, _ => Read(withTexts: false)),
        new("Store", "list a store of 200,000 records, SQLite", null, 0, _ => List()),
    ];

    static string Append()
    {
        var folder = Directory.CreateTempSubdirectory("assay-store-");
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            WriteAsync(Path.Combine(folder.FullName, "runs.db")).GetAwaiter().GetResult();
            return string.Create(CultureInfo.InvariantCulture, $"{Records / TimeProvider.System.GetElapsedTime(start).TotalSeconds:F0} records/s");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static Func<object?> Read(bool withTexts)
    {
        var store = Filled();
        return () =>
        {
            var run = store.ReadAsync("1", default).AsTask().GetAwaiter().GetResult()!;
            return CountAsync(withTexts ? run.Records : run.Scores).GetAwaiter().GetResult();
        };
    }

    static Func<object?> List()
    {
        var store = Filled();
        return () => CountAsync(store.ListAsync(default)).GetAwaiter().GetResult();
    }

    static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items) => await items.CountAsync();

    // Left in the temporary folder: the process ends with the benchmark, and the next reads the same.
    static SqliteRunStore Filled()
    {
        var path = Path.Combine(Path.GetTempPath(), "assay-bench-store", $"runs-{AssayVersion.Text}.db");
        var store = new SqliteRunStore(path, TimeProvider.System);
        if (store.ReadAsync("1", default).AsTask().GetAwaiter().GetResult() is not { Summary.State: RunState.Done })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!).Delete(recursive: true);
            WriteAsync(path).GetAwaiter().GetResult();
        }

        return store;
    }

    static async Task WriteAsync(string path)
    {
        var header = new RunHeader { Id = "1", Name = "bench", Command = "eval", Started = DateTimeOffset.UnixEpoch, Seed = 1, Spec = "", AssayVersion = AssayVersion.Text, Environment = "" };
        await using var log = await new SqliteRunStore(path, TimeProvider.System).BeginAsync(header, default);
        var (prompt, output) = (new string('p', 500), new string('o', 400));
        for (var i = 0; i < Records; i++)
        {
            await log.AppendAsync(
                new Record
                {
                    Id = $"{i}",
                    Stage = "evaluate",
                    Task = "gsm8k",
                    Model = "model",
                    Filter = "strict-match",
                    Input = prompt,
                    Target = "42",
                    Output = output,
                    Answer = "42",
                    Outcome = Outcome.Ok,
                    Scores = new Dictionary<string, double> { ["exact_match"] = i & 1 },
                    Seconds = 0.25,
                    InputTokens = 150,
                    OutputTokens = 100,
                },
                default);
        }

        await log.CompleteAsync(new RunCompletion(RunState.Done, "pass", DateTimeOffset.UnixEpoch, "{}"), default);
    }
}
