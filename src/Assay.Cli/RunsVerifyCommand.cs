using System.CommandLine;
using System.Text.Json;
using Assay.Reporting;
using Assay.Results;
using Assay.Running;
using Assay.Storage;

namespace Assay.Cli;

/// <summary><c>assay runs verify</c>: are the figures what the records give?</summary>
static class RunsVerifyCommand
{
    static readonly Argument<string?> _run = new("RUN") { Description = "an id, the start of one, a tag, last, or last:NAME (default: every run, and the store itself)", Arity = ArgumentArity.ZeroOrOne };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output, with every figure" };

    public static Command Create()
    {
        var command = new Command(
            "verify", "Computes every figure of a run again from its records and says which differ: exit code 1 when one does, or when the store is damaged.\n\nExample:\n  assay runs verify last") { _run, _store, _json };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = StoreOption.Open(arguments.GetValue(_store));
        var damages = arguments.GetValue(_run) is null ? await store.CheckAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false) : [];
        var verified = new List<RunVerification>();
        foreach (var id in damages.Count > 0 ? [] : await IdsAsync(store, arguments, cancellationToken).ConfigureAwait(false))
        {
            var run = await StoredRuns.FindAsync(store, id, cancellationToken).ConfigureAwait(false);
            if (run.ReportJson is null && arguments.GetValue(_run) is null)
            {
                Console.Error.WriteLine($"{id}: no report to compare with.");
                continue;
            }

            verified.Add(await Verification.ComputeAsync(run, cancellationToken).ConfigureAwait(false));
        }

        if (arguments.GetValue(_json))
        {
            var document = ConsoleOutput.Document("runs");
            document["damages"] = JsonSerializer.SerializeToNode(damages, ReportJson.Options);
            document["runs"] = JsonSerializer.SerializeToNode(verified, ReportJson.Options);
            document["estimates"] = JsonSerializer.SerializeToNode(verified.SelectMany(run => run.Figures.Select(figure => figure.Recomputed).Where(estimate => estimate is not null)), ReportJson.Options);
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
        }
        else
        {
            Print(damages, verified);
        }

        return damages.Count == 0 && verified.TrueForAll(run => run.Count(FigureCheck.Differs) == 0) ? CommandLine.Done : CommandLine.GateBroken;
    }

    // Every run that ended has a report, unless another program wrote none.
    static async Task<IReadOnlyList<string>> IdsAsync(RunStore store, ParseResult arguments, CancellationToken cancellationToken) => arguments.GetValue(_run) is { } reference
        ? [reference]
        : await store.ListAsync(cancellationToken).Where(run => run.State is RunState.Done or RunState.Cancelled or RunState.Failed).Select(run => run.Header.Id).ToListAsync(cancellationToken).ConfigureAwait(false);

    static void Print(List<string> damages, List<RunVerification> verified)
    {
        foreach (var damage in damages)
        {
            Console.Out.WriteLine($"damaged: {damage}");
        }

        foreach (var run in verified)
        {
            Console.Out.WriteLine($"{run.Run}: {run.Count(FigureCheck.Equal)} figures equal, {run.Count(FigureCheck.Differs)} differ, {run.Count(FigureCheck.NotRecomputable)} cannot be computed from the records");
            foreach (var figure in run.Figures.Where(figure => figure.Check == FigureCheck.Differs))
            {
                Console.Out.WriteLine($"  differs: {NameOf(figure)}: {figure.Reason}");
            }

            foreach (var figures in run.Figures.Where(figure => figure.Check != FigureCheck.Differs && figure.Reason is not null).GroupBy(figure => figure.Reason))
            {
                Console.Out.WriteLine($"  {figures.Count()} not{(figures.First().Check == FigureCheck.Equal ? " wholly" : "")}: {figures.Key} ({NameOf(figures.First())}{(figures.Skip(1).Any() ? ", ..." : "")})");
            }
        }
    }

    static string NameOf(VerifiedFigure figure)
    {
        var stored = figure.Stored;
        string?[] parts = [stored.Stage, stored.Task, stored.Model, stored.Filter, stored.Metric, .. (stored.Slice ?? new Dictionary<string, string>()).Select(pair => $"{pair.Key}={pair.Value}")];
        return string.Join(' ', parts.OfType<string>());
    }
}
