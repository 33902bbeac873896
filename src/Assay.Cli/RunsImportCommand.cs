using System.CommandLine;
using Assay.Results;
using Assay.Storage;

namespace Assay.Cli;

/// <summary><c>assay runs import FILE</c>: what <c>runs export</c> wrote, into a store.</summary>
static class RunsImportCommand
{
    static readonly Argument<string[]> _files = new("FILE") { Description = "files that 'assay runs export' wrote", Arity = ArgumentArity.OneOrMore };
    static readonly Option<string?> _store = StoreOption.Create();

    public static Command Create()
    {
        var command = new Command("import", "Puts exported runs into a store, under their ids, with their times, tags and reports.\n\nExample:\n  assay runs import nightly.jsonl --store team.db") { _files, _store };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = StoreOption.Open(arguments.GetValue(_store));
        foreach (var path in arguments.GetRequiredValue(_files))
        {
            var run = await RunFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            var count = await ImportAsync(store, run, cancellationToken).ConfigureAwait(false);
            Console.Error.WriteLine($"{run.Summary.Header.Id}: {count} records");
        }

        return CommandLine.Done;
    }

    // A file that ends early leaves an interrupted run with what could be read: nothing says that it is whole.
    static async Task<long> ImportAsync(RunStore store, StoredRun run, CancellationToken cancellationToken)
    {
        var (summary, count) = (run.Summary, 0L);
        await using (var log = await store.BeginAsync(summary.Header, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var record in run.Records.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await log.AppendAsync(record, cancellationToken).ConfigureAwait(false);
                count++;
            }

            if (summary.Ended is { } ended && summary.State is RunState.Done or RunState.Cancelled or RunState.Failed)
            {
                await log.CompleteAsync(new RunCompletion(summary.State, summary.Verdict, ended, run.ReportJson) { MainScore = summary.MainScore }, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!summary.Tags.IsEmpty)
        {
            await store.TagAsync(summary.Header.Id, summary.Tags, [], cancellationToken).ConfigureAwait(false);
        }

        return count;
    }
}
