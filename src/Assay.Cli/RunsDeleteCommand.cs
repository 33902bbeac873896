using System.CommandLine;
using Assay.Results;

namespace Assay.Cli;

/// <summary><c>assay runs delete RUN...</c>.</summary>
static class RunsDeleteCommand
{
    static readonly Argument<string[]> _runs = new("RUN") { Description = "ids, starts of ids, tags, last, or last:NAME", Arity = ArgumentArity.OneOrMore };
    static readonly Option<string?> _store = StoreOption.Create();

    public static Command Create()
    {
        var command = new Command("delete", "Deletes runs from the store with all their records; their reports in files stay.\n\nExample:\n  assay runs delete 20260301-120000-000-gsm8k") { _runs, _store };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = StoreOption.Open(arguments.GetValue(_store));
        var ids = new List<string>();
        foreach (var reference in arguments.GetRequiredValue(_runs))
        {
            ids.Add((await RunReference.FindAsync(store, reference, cancellationToken).ConfigureAwait(false)).Header.Id);
        }

        await store.DeleteAsync(ids, cancellationToken).ConfigureAwait(false);
        Console.Error.WriteLine($"Deleted: {string.Join(", ", ids.Distinct())}");
        return CommandLine.Done;
    }
}
