using System.CommandLine;
using System.Text.Json;
using Assay.Reporting;
using Assay.Storage;

namespace Assay.Cli;

/// <summary><c>assay runs</c>: what was stored.</summary>
static class RunsCommand
{
    static readonly Option<string> _store = new("--store") { Description = "SQLite file that keeps the runs", DefaultValueFactory = _ => Path.Combine("assay-out", "runs.db") };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command("runs", "Lists the stored runs, the newest first.\n\nExample:\n  assay runs") { _store, _json };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = new SqliteRunStore(arguments.GetRequiredValue(_store), TimeProvider.System);
        var runs = await store.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_json))
        {
            var document = ConsoleOutput.Document("runs");
            document["runs"] = JsonSerializer.SerializeToNode(runs, ReportJson.Options);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
            return CommandLine.Done;
        }

        foreach (var run in runs)
        {
            Console.Out.WriteLine($"{run.Header.Id,-50} {run.State.ToString().ToLowerInvariant(),-11} {run.Verdict ?? "-",-10} {run.RecordCount,8} records");
        }

        return CommandLine.Done;
    }
}
