using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Assay.Reporting;
using Assay.Results;

namespace Assay.Cli;

/// <summary><c>assay runs</c>: what was stored.</summary>
static class RunsCommand
{
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };
    static readonly RunFilter _filter = new();

    public static Command Create()
    {
        var command = new Command(
            "runs",
            "Lists the stored runs, the newest first. RUN is an id, the start of one, a tag, last, or last:NAME.\n\nExample:\n  assay runs --name gsm8k-nightly --since 7d")
        {
            _store, _json,
        };
        _filter.AddTo(command);
        command.SetAction(RunAsync);
        Command[] more =
        [
            RunsShowCommand.Create(), RunsTagCommand.Create(), RunsDeleteCommand.Create(), RunsPruneCommand.Create(), RunsExportCommand.Create(),
            RunsImportCommand.Create(), RunsSalvageCommand.Create(), RunsVerifyCommand.Create(),
        ];
        foreach (var subcommand in more)
        {
            command.Add(subcommand);
        }

        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var holds = _filter.Read(arguments, TimeProvider.System);
        var store = StoreOption.Open(arguments.GetValue(_store));
        var runs = await store.ListAsync(cancellationToken).Where(holds).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_json))
        {
            var document = ConsoleOutput.Document("runs");
            document["runs"] = JsonSerializer.SerializeToNode(runs, ReportJson.Options);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
            return CommandLine.Done;
        }

        if (runs.Count == 0)
        {
            Console.Error.WriteLine($"No runs in {store.Name}.");
        }

        foreach (var line in Table(runs))
        {
            Console.Out.WriteLine(line);
        }

        return CommandLine.Done;
    }

    /// <summary>Head line and one line a run, each column as wide as its widest text.</summary>
    public static IEnumerable<string> Table(IReadOnlyList<RunSummary> runs)
    {
        string[][] rows = [["started (UTC)", "run", "state", "verdict", "records", "models", "main score", "tags"], .. runs.Select(Row)];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        return runs.Count == 0 ? [] : rows.Select(row => string.Join("  ", row.Select((cell, column) => column == 4 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    static string[] Row(RunSummary run) =>
    [
        run.Header.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        OneLine(run.Header.Id),
        run.State.ToString().ToLowerInvariant(),
        run.Verdict ?? "-",
        run.RecordCount.ToString(CultureInfo.InvariantCulture),
        OneLine(Names(run)),
        run.MainScore is { } score ? $"{score.Metric} {NumberText.WithInterval(score.Value, score.Low, score.High)}" : "-",
        string.Join(", ", run.Tags),
    ];

    // Names come from files and services: none may steer the terminal.
    static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\ufffd' : c));

    static string Names(RunSummary run) => run.Models.Length switch
    {
        0 => run.MainScore?.Model ?? "-",
        <= 2 => string.Join(", ", run.Models),
        var count => $"{run.Models[0]} and {count - 1} more",
    };
}
