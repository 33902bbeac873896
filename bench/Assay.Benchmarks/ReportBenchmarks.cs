using System.Globalization;
using System.Text.Json;
using Assay.Models;
using Assay.Reporting;
using Assay.Results;
using Assay.Results.Interchange;
using Assay.Running;
using Assay.Storage;
using Assay.Web.Reporting;

namespace Assay.Benchmarks;

/// <summary>Reports of 200,000 samples of about 1,000 characters. The page stays in the temporary folder, to be opened in a browser.</summary>
static class ReportBenchmarks
{
    const int Samples = 200_000;

    static readonly string[] _words = ["train", "apples", "each", "costs", "twice", "as", "many", "therefore", "the", "answer", "is", "hours", "minutes", "sum", "of", "left", "buys", "total"];

    public static IEnumerable<Benchmark> All =>
    [
        new("Reports", "HTML of 200,000 samples", null, 0, _ => Html()),
        new("Reports", "print a stored run of 200,000 samples", null, 0, _ => Print()),
    ];

    static Func<object?> Html() => () =>
    {
        var path = Path.Combine(Path.GetTempPath(), "assay-200000-samples.html");
        using (var file = File.Create(path))
        {
            new HtmlReportWriter(_ => Records().ToAsyncEnumerable()).WriteAsync(OfRecords, file).GetAwaiter().GetResult();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(path).Length >> 20} MiB, {path}");
    };

    static Func<object?> Print()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("assay-bench-").FullName, "runs.db");
        var store = new SqliteRunStore(path, TimeProvider.System);
        var header = new RunHeader { Id = "run", Name = "run", Command = "eval", Started = default, Seed = 0, Spec = "", AssayVersion = AssayVersion.Text, Environment = "" };
        var services = new RunServices { Time = TimeProvider.System, Store = store };
        ImportedRun.StoreAsync(new ImportedLog { Format = LogFormat.Csv, Records = Records().ToAsyncEnumerable() }, header, services, CancellationToken.None).GetAwaiter().GetResult();
        return () =>
        {
            var run = store.ReadAsync("run", CancellationToken.None).AsTask().GetAwaiter().GetResult()!;
            using var output = new MemoryStream();
            new TextReportWriter().WriteAsync(JsonSerializer.Deserialize<Report>(run.ReportJson!, ReportJson.Options)!, output).GetAwaiter().GetResult();
            return $"{run.Summary.RecordCount} records, {output.Length} bytes";
        };
    }

    static Report OfRecords { get; } = new()
    {
        Assay = AssayVersion.Text,
        Command = "eval",
        Run = "benchmark",
        Name = "200,000 samples",
        Verdict = Verdict.Pass,
        VerdictReason = "a benchmark",
        Seed = 0,
        Started = default,
        Seconds = 1,
        Environment = new("", "", 1, ""),
        Stages = [],
    };

    static IEnumerable<Record> Records()
    {
        var random = new SeededRandom(1);
        for (var i = 0; i < Samples; i++)
        {
            var (target, answer) = (Number(random), Number(random));
            yield return new Record
            {
                Id = i.ToString(CultureInfo.InvariantCulture),
                Stage = "evaluate",
                Task = i < Samples / 2 ? "first" : "second",
                Model = "model",
                Filter = "strict",
                Input = Text(random, 80),
                Target = target,
                Output = Text(random, 90),
                Answer = answer,
                Outcome = Outcome.Ok,
                Scores = new Dictionary<string, double> { ["exact_match"] = target == answer ? 1 : 0 },
                Tags = new Dictionary<string, string> { ["subject"] = _words[random.Next(_words.Length)] },
                Seconds = random.NextDouble(),
            };
        }
    }

    static string Text(SeededRandom random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => random.Next(10) == 0 ? Number(random) : _words[random.Next(_words.Length)]));

    static string Number(SeededRandom random) => random.Next(20).ToString(CultureInfo.InvariantCulture);
}
