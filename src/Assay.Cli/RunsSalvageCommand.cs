using System.CommandLine;
using Assay.Storage;

namespace Assay.Cli;

/// <summary><c>assay runs salvage</c>: what can be read of a damaged store.</summary>
static class RunsSalvageCommand
{
    static readonly Option<string> _to = new("--to") { Description = "folder for the runs' files", Required = true };
    static readonly Option<string?> _store = StoreOption.Create();

    public static Command Create()
    {
        var command = new Command(
            "salvage", "Exports what can be read of a damaged SQLite store, a file a run; 'assay runs import' takes them. The store is not changed.\n\nExample:\n  assay runs salvage --to salvaged --store damaged.db") { _to, _store };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (store, folder) = (StoreOption.PathOf(arguments.GetValue(_store)), arguments.GetRequiredValue(_to));
        if (PostgresRunStore.IsAddress(store) || !File.Exists(store))
        {
            throw new UserErrorException($"'{(PostgresRunStore.IsAddress(store) ? "a PostgreSQL store" : store)}' is no file. Expected a damaged SQLite store; PostgreSQL has means of its own (pg_amcheck, backups). Name the file with --store.");
        }

        Directory.CreateDirectory(folder);
        var isWhole = true;
        await SqliteRunStore.SalvageAsync(store, async run =>
        {
            var (path, count) = (Path.Combine(folder, RunsExportCommand.FileName(run.Summary.Header.Id)), 0L);
            var records = run.Records.Select(record =>
            {
                count++;
                return record;
            });
            await RunsExportCommand.WriteAsync(run with { Records = records }, path, cancellationToken).ConfigureAwait(false);
            isWhole &= count == run.Summary.RecordCount;
            Console.Error.WriteLine($"{path}: {count} records{(run.Summary.RecordCount > 0 ? $" of {run.Summary.RecordCount}" : "")}");
        }).ConfigureAwait(false);
        return isWhole ? CommandLine.Done : CommandLine.Incomplete;
    }
}
