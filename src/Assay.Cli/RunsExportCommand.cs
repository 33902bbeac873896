using System.CommandLine;
using Assay.Results;

namespace Assay.Cli;

/// <summary><c>assay runs export RUN</c>: a run as one file.</summary>
static class RunsExportCommand
{
    static readonly Argument<string> _run = new("RUN") { Description = "an id, the start of one, a tag, last, or last:NAME" };
    static readonly Option<string?> _to = new("--to") { Description = "the file (default: the run's id with .jsonl; - is standard output)" };
    static readonly Option<string?> _store = StoreOption.Create();

    public static Command Create()
    {
        var command = new Command(
            "export", "Writes a run as JSON lines: its header, every record, its report and a checksum. 'assay runs import' takes it.\n\nExample:\n  assay runs export last --to nightly.jsonl") { _run, _to, _store };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var run = await StoredRuns.FindAsync(StoreOption.Open(arguments.GetValue(_store)), arguments.GetRequiredValue(_run), cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_to) == "-")
        {
            await using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
            await RunFile.WriteAsync(run, output, cancellationToken).ConfigureAwait(false);
            return CommandLine.Done;
        }

        var path = arguments.GetValue(_to) ?? FileName(run.Summary.Header.Id);
        await WriteAsync(run, path, cancellationToken).ConfigureAwait(false);
        Console.Error.WriteLine($"Wrote {path}");
        return CommandLine.Done;
    }

    /// <summary>What stands in the path before is replaced only by a whole file.</summary>
    public static async Task WriteAsync(StoredRun run, string path, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        try
        {
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                await RunFile.WriteAsync(run, file, cancellationToken).ConfigureAwait(false);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be written: {e.Message} Expected a path in a folder that can be written. Name another with --to.", e);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Ids are made of names, which may hold what a file name may not.</summary>
    public static string FileName(string id) => $"{string.Concat(id.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).TrimStart('.')}.jsonl";
}
