using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Reporting;
using Assay.Results;
using Assay.Results.Interchange;

namespace Assay.Cli;

/// <summary><c>assay export</c>: a stored run for other tools.</summary>
static class ExportCommand
{
    static readonly Argument<string> _run = new("RUN") { Description = "a stored run: its id, the start of it, a tag, last, or last:NAME" };
    static readonly Option<string> _format = new("--format", "-f") { Description = "csv or jsonl (its records), or eee (a folder in the shape of Every Eval Ever)", DefaultValueFactory = _ => "jsonl" };
    static readonly Option<string?> _output = new("--output", "-o") { Description = "file, or of eee folder, to write (default: RUN.FORMAT)" };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command("export", "Writes a stored run for other tools.\n\nExample:\n  assay export last --format csv --output answers.csv")
        {
            _run, _format.AcceptOnlyFromAmong("csv", "jsonl", "eee"), _output, _store, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = StoreOption.Open(arguments.GetValue(_store));
        var id = (await RunReference.FindAsync(store, arguments.GetRequiredValue(_run), cancellationToken).ConfigureAwait(false)).Header.Id;
        var stored = await store.ReadAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new UserErrorException($"Run '{id}' was deleted meanwhile. 'assay runs' lists those there are.");
        var format = arguments.GetRequiredValue(_format);
        var output = arguments.GetValue(_output) ?? $"{stored.Summary.Header.Id}.{format}";
        try
        {
            await WriteAsync(stored, format, output, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{output}' cannot be written: {e.Message} Give another --output.", e);
        }

        Console.Error.WriteLine($"Exported {stored.Summary.RecordCount} records: {output}");
        if (arguments.GetValue(_json))
        {
            var document = ConsoleOutput.Document("export");
            document["run"] = stored.Summary.Header.Id;
            document["output"] = output;
            document["records"] = stored.Summary.RecordCount;
            document["estimates"] = JsonSerializer.SerializeToNode(Estimates(stored), ReportJson.Options);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
        }

        return CommandLine.Done;
    }

    static async Task WriteAsync(StoredRun stored, string format, string output, CancellationToken cancellationToken)
    {
        if (format == "eee")
        {
            await EveryEvalEver.WriteAsync(stored.Summary.Header, Estimates(stored), stored.Records, output, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var file = File.Create(output);
        await (format == "csv" ? CsvRecords.WriteAsync(stored.Records, file, cancellationToken) : RecordJson.WriteLinesAsync(stored.Records, file, cancellationToken)).ConfigureAwait(false);
    }

    static IReadOnlyList<Statistics.Estimate> Estimates(StoredRun stored) =>
        stored.ReportJson is { } report ? JsonSerializer.Deserialize<Report>(report, ReportJson.Options)!.Estimates : [];
}
