using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Reporting;
using Assay.Results;
using Assay.Running;
using Assay.Web.Reporting;

namespace Assay.Cli;

/// <summary><c>assay report</c>: the report of a stored run in any format.</summary>
static class ReportCommand
{
    // A report made here, and not where the run was.
    const string LogCommand = "report";

    static readonly Argument<string> _run = new("RUN") { Description = "a stored run: its id, the start of it, a tag, last, or last:NAME; or a report.json; or a load run's event log (.alog)" };
    static readonly Option<string> _format = new("--format", "-f") { Description = "text, md, html, json, junit or csv (of all numbers)", DefaultValueFactory = _ => "text" };
    static readonly Option<string?> _output = new("--output", "-o") { Description = "file to write (default: standard output; of html: RUN.html)" };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command("report", "Writes the report of a stored run; as HTML with a browser of its samples.\n\nExample:\n  assay report last --format html --output report.html")
        {
            _run, _format.AcceptOnlyFromAmong("text", "md", "html", "json", "junit", "csv"), _output, _store, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (report, records) = await ReadAsync(arguments.GetRequiredValue(_run), arguments.GetValue(_store), cancellationToken).ConfigureAwait(false);
        var format = arguments.GetRequiredValue(_format);
        var json = arguments.GetValue(_json);
        var path = arguments.GetValue(_output) ?? (format == "html" ? $"{report.Run}.html" : null);
        if (path is not null)
        {
            await WriteAsync(Writer(format, records), report, path, cancellationToken).ConfigureAwait(false);
            Console.Error.WriteLine($"Report: {path}");
        }

        if (json)
        {
            Console.Out.WriteLine(Document(report, path).ToJsonString(ReportJson.Options));
        }
        else if (path is null)
        {
            await using var output = Console.OpenStandardOutput();
            await Writer(format, records).WriteAsync(report, output, cancellationToken).ConfigureAwait(false);
        }

        return report is { Command: LogCommand, Verdict: Verdict.Incomplete } ? CommandLine.Incomplete : CommandLine.Done;
    }

    static IReportWriter Writer(string format, IAsyncEnumerable<Record>? records) => format switch
    {
        "md" => new MarkdownReportWriter(),
        "html" => new HtmlReportWriter(records is null ? null : _ => records),
        "json" => new JsonReportWriter(),
        "junit" => new JUnitReportWriter(),
        "csv" => new CsvReportWriter(),
        _ => new TextReportWriter(!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null),
    };

    // A reader of the file must not meet half a report: the name stands only for a whole one.
    static async Task WriteAsync(IReportWriter writer, Report report, string path, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.unfinished";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            await using (var file = File.Create(unfinished))
            {
                await writer.WriteAsync(report, file, cancellationToken).ConfigureAwait(false);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new UserErrorException($"'{path}' cannot be written: {e.Message} Give another --output.", e);
        }
        catch (OperationCanceledException)
        {
            File.Delete(unfinished);
            throw;
        }
    }

    static async Task<(Report Report, IAsyncEnumerable<Record>? Records)> ReadAsync(string run, string? store, CancellationToken cancellationToken)
    {
        if (File.Exists(run))
        {
            return run.EndsWith(".alog", StringComparison.OrdinalIgnoreCase) ? (LoadReport.OfLog(run, LogCommand, TimeProvider.System), null) : (Parse(await File.ReadAllTextAsync(run, cancellationToken).ConfigureAwait(false), run), null);
        }

        var stored = await StoredRuns.FindAsync(StoreOption.Open(store), run, cancellationToken).ConfigureAwait(false);
        return stored.ReportJson is { } text
            ? (Parse(text, stored.Summary.Header.Id), stored.Records)
            : throw new UserErrorException(
                $"Run '{stored.Summary.Header.Id}' has no report: it is {stored.Summary.State.ToString().ToLowerInvariant()}, with {stored.Summary.RecordCount} records. Finish it with --resume of the command that began it, or take its records: assay export {stored.Summary.Header.Id}");
    }

    static Report Parse(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<Report>(text, ReportJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"'{source}' holds no report: {e.Message} Expected the report.json of a run.", e);
        }
    }

    static JsonObject Document(Report report, string? path)
    {
        var document = ConsoleOutput.Document("report");
        document["run"] = report.Run;
        document["report"] = path;
        document["verdict"] = JsonSerializer.SerializeToNode(report.Verdict, ReportJson.Options);
        document["verdict_reason"] = report.VerdictReason;
        document["gates"] = JsonSerializer.SerializeToNode(report.Gates, ReportJson.Options);
        document["estimates"] = JsonSerializer.SerializeToNode(report.Estimates, ReportJson.Options);
        return document;
    }
}
