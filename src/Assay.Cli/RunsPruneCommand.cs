using System.CommandLine;
using Assay.Results;

namespace Assay.Cli;

/// <summary><c>assay runs prune</c>: old runs go.</summary>
static class RunsPruneCommand
{
    static readonly Option<int?> _keep = new("--keep") { Description = "keep so many of the newest runs of each name" };
    static readonly Option<string?> _older = new("--older-than") { Description = "delete only what was begun longer ago, such as 30d" };
    static readonly Option<bool> _yes = new("--yes") { Description = "delete; without it the runs are only listed" };
    static readonly Option<string?> _store = StoreOption.Create();

    public static Command Create()
    {
        var command = new Command(
            "prune", "Deletes old runs, but none that has a tag or is being written. With both options a run must be past both. Lists them only, without --yes.\n\nExample:\n  assay runs prune --keep 20 --older-than 30d --yes")
        {
            _keep, _older, _yes, _store,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = StoreOption.Open(arguments.GetValue(_store));
        var before = Before(arguments);
        var runs = await store.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var old = runs.GroupBy(run => run.Header.Name).SelectMany(named => named.Skip(arguments.GetValue(_keep) ?? 0))
            .Where(run => run.Tags.IsEmpty && run.State != RunState.Running && !(run.Header.Started >= before)).ToList();
        foreach (var line in RunsCommand.Table(old))
        {
            Console.Out.WriteLine(line);
        }

        if (arguments.GetValue(_yes) && old.Count > 0)
        {
            await store.DeleteAsync([.. old.Select(run => run.Header.Id)], cancellationToken).ConfigureAwait(false);
        }

        Console.Error.WriteLine($"{(arguments.GetValue(_yes) ? "Deleted" : "Would delete")} {old.Count} of {runs.Count} runs{(arguments.GetValue(_yes) ? "" : "; --yes deletes them")}.");
        return CommandLine.Done;
    }

    static DateTimeOffset? Before(ParseResult arguments)
    {
        var (keep, older) = (arguments.GetValue(_keep), arguments.GetValue(_older));
        if (keep is null && older is null)
        {
            throw new UserErrorException("Neither --keep nor --older-than is given: that would delete every run. Expected at least one, such as --keep 20.");
        }

        if (keep < 0)
        {
            throw new UserErrorException($"--keep is {keep}. Expected a whole number of at least 0.");
        }

        return older is null ? null
            : RunFilter.TryAge(older, out var age) ? TimeProvider.System.GetUtcNow() - age
            : throw new UserErrorException($"--older-than is '{older}'. Expected an age such as 30d or 12h.");
    }
}
