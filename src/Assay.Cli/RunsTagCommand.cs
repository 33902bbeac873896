using System.CommandLine;
using Assay.Results;

namespace Assay.Cli;

/// <summary><c>assay runs tag RUN TAG...</c>.</summary>
static class RunsTagCommand
{
    static readonly Argument<string> _run = new("RUN") { Description = "an id, the start of one, a tag, last, or last:NAME" };
    static readonly Argument<string[]> _tags = new("TAG") { Description = "tags to give", Arity = ArgumentArity.ZeroOrMore };
    static readonly Option<string[]> _remove = new("--remove") { Description = "tags to take away", AllowMultipleArgumentsPerToken = true };
    static readonly Option<bool> _move = new("--move") { Description = "take the tags from all other runs" };
    static readonly Option<string?> _store = StoreOption.Create();

    public static Command Create()
    {
        var command = new Command(
            "tag", "Gives a run tags, by which commands and a spec's baseline find it. A tagged run is never pruned.\n\nExample:\n  assay runs tag last shipped --move") { _run, _tags, _remove, _move, _store };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = StoreOption.Open(arguments.GetValue(_store));
        var run = await RunReference.FindAsync(store, arguments.GetRequiredValue(_run), cancellationToken).ConfigureAwait(false);
        var (add, remove) = (arguments.GetRequiredValue(_tags), arguments.GetValue(_remove) ?? []);
        if (add.Length + remove.Length == 0)
        {
            throw new UserErrorException("No tag is given. Expected a tag to give, or --remove TAG.");
        }

        await store.TagAsync(run.Header.Id, add, remove, cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(_move))
        {
            var others = await store.ListAsync(cancellationToken).Where(other => other.Header.Id != run.Header.Id && other.Tags.Intersect(add).Any()).ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var other in others)
            {
                await store.TagAsync(other.Header.Id, [], add, cancellationToken).ConfigureAwait(false);
            }
        }

        var tagged = await store.ReadAsync(run.Header.Id, cancellationToken).ConfigureAwait(false);
        Console.Error.WriteLine($"{run.Header.Id}: {(tagged is { Summary.Tags: { IsEmpty: false } tags } ? string.Join(", ", tags) : "no tags")}");
        return CommandLine.Done;
    }
}
