using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Assay.Reporting;
using Assay.Results;
using Assay.Results.Interchange;
using Assay.Running;

namespace Assay.Cli;

/// <summary><c>assay import</c>: a log of another tool becomes a stored run.</summary>
static class ImportCommand
{
    static readonly Argument<string[]> _files = new("FILE") { Description = "the files of one run", Arity = ArgumentArity.OneOrMore };
    static readonly Option<string?> _format = new("--format") { Description = $"{string.Join(", ", LogNames.All)} (default: guessed from the content)" };
    static readonly Option<string?> _name = new("--name") { Description = "of the run (default: the first file's)" };
    static readonly Option<string[]> _columns = new("--column") { Description = "of CSV: KEY=COLUMN, such as target=gold; keys: id, task, model, filter, input, target, output, answer, ...", AllowMultipleArgumentsPerToken = true };
    static readonly Option<string[]> _scores = new("--score") { Description = "of CSV: columns that are scores", AllowMultipleArgumentsPerToken = true };
    static readonly Option<string[]> _tags = new("--tag") { Description = "of CSV: columns to slice by", AllowMultipleArgumentsPerToken = true };
    static readonly Option<string?> _model = new("--model") { Description = "of CSV: the model, where no column names it" };
    static readonly Option<string?> _task = new("--task") { Description = "of CSV: the task, where no column names it" };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command("import", "Makes a stored run of another tool's log, to report on and compare.\n\nExample:\n  assay import logs/2026-03-01_gsm8k.json --name gsm8k")
        {
            _files, _format.AcceptOnlyFromAmong([.. LogNames.All]), _name, _columns, _scores, _tags, _model, _task, _store, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var files = arguments.GetRequiredValue(_files);
        var log = LogImport.Open(files, arguments.GetValue(_format) is { } name ? LogNames.Find(name) : null, Columns(arguments));
        using var progress = new ConsoleProgress(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        var services = new RunServices { Time = TimeProvider.System, Command = "import", Store = StoreOption.Open(arguments.GetValue(_store)), Progress = progress };
        var report = await ImportedRun.StoreAsync(log, await HeaderAsync(arguments, log, cancellationToken).ConfigureAwait(false), services, cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_json))
        {
            Console.Out.WriteLine(ConsoleOutput.RunDocument(report, ""));
            return CommandLine.Done;
        }

        await using var output = Console.OpenStandardOutput();
        await new TextReportWriter(!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null).WriteAsync(report, output, cancellationToken).ConfigureAwait(false);
        return CommandLine.Done;
    }

    static async Task<RunHeader> HeaderAsync(ParseResult arguments, ImportedLog log, CancellationToken cancellationToken)
    {
        var files = arguments.GetRequiredValue(_files);
        var name = arguments.GetValue(_name) ?? Path.GetFileNameWithoutExtension(files[0]);
        var started = TimeProvider.System.GetUtcNow();
        return new RunHeader
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss-fff}-{string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-'))}"),
            Name = name,
            Command = "import",
            Started = started,
            Seed = 0,
            Spec = $"# assay import --format {LogNames.Of(log.Format)} {string.Join(' ', files)}\n",
            DataHash = await HashAsync(files, cancellationToken).ConfigureAwait(false),
            AssayVersion = AssayVersion.Text,
            Environment = "imported",
        };
    }

    // Of a folder, which files are read is the reader's choice.
    static async Task<string?> HashAsync(string[] files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var file in files)
        {
            if (Directory.Exists(file))
            {
                return null;
            }

            await using var content = File.OpenRead(file);
            for (var read = 1; read > 0;)
            {
                read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static CsvLogColumns Columns(ParseResult arguments)
    {
        var pairs = (arguments.GetValue(_columns) ?? []).Select(text => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? KeyValuePair.Create(text[..at], text[(at + 1)..])
            : throw new UserErrorException($"--column '{text}' is no pair. Expected KEY=COLUMN, such as target=gold."));
        return new CsvLogColumns
        {
            Keys = pairs.DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal),
            Scores = [.. arguments.GetValue(_scores) ?? []],
            Tags = [.. arguments.GetValue(_tags) ?? []],
            Model = arguments.GetValue(_model),
            Task = arguments.GetValue(_task),
        };
    }
}
