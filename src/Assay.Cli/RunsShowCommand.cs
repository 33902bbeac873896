using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Reporting;
using Assay.Results;
using Assay.Statistics;

namespace Assay.Cli;

/// <summary><c>assay runs show RUN</c>: all that is known of a run but its records.</summary>
static class RunsShowCommand
{
    static readonly Argument<string> _run = new("RUN") { Description = "an id, the start of one, a tag, last, or last:NAME" };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command("show", "Shows a stored run: its spec, machine, times, cost, tags and figures.\n\nExample:\n  assay runs show last") { _run, _store, _json };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var store = StoreOption.Open(arguments.GetValue(_store));
        var id = (await RunReference.FindAsync(store, arguments.GetRequiredValue(_run), cancellationToken).ConfigureAwait(false)).Header.Id;
        var run = await store.ReadAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new UserErrorException($"Run '{id}' was deleted meanwhile. 'assay runs' lists those there are.");
        var estimates = (run.ReportJson is null ? null : JsonNode.Parse(run.ReportJson)?["estimates"]?.AsArray()) ?? [];
        if (arguments.GetValue(_json))
        {
            var document = ConsoleOutput.Document("runs");
            document["run"] = JsonSerializer.SerializeToNode(run.Summary, ReportJson.Options);
            document["estimates"] = estimates.DeepClone();
            Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
            return CommandLine.Done;
        }

        foreach (var (what, text) in Lines(run.Summary))
        {
            Console.Out.WriteLine($"{what,-12} {text}");
        }

        foreach (var estimate in estimates.Select(node => node.Deserialize<Estimate>(ReportJson.Options)!))
        {
            string?[] of = [estimate.Stage, estimate.Task, estimate.Model, estimate.Filter, .. (estimate.Slice ?? new Dictionary<string, string>()).Select(pair => $"{pair.Key}={pair.Value}")];
            Console.Out.WriteLine($"  {string.Join(' ', of.OfType<string>()),-40} {estimate.Metric,-28} {NumberText.Of(estimate)} of {estimate.N}");
        }

        Console.Out.WriteLine($"\n{run.Summary.Header.Spec}");
        return CommandLine.Done;
    }

    static IEnumerable<(string What, string Text)> Lines(RunSummary run)
    {
        var header = run.Header;
        yield return ("run", header.Id);
        yield return ("name", header.Name);
        yield return ("command", $"assay {header.Command}, version {header.AssayVersion}");
        yield return ("state", $"{run.State.ToString().ToLowerInvariant()}{(run.Verdict is { } verdict ? $", verdict {verdict}" : "")}");
        yield return ("started", Time(header.Started));
        if (run.Ended is { } ended)
        {
            yield return ("ended", $"{Time(ended)}, after {NumberText.Seconds((ended - header.Started).TotalSeconds)}");
        }

        yield return ("seed", header.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("data", header.DataHash is { } hash ? $"SHA-256 {hash}" : "-");
        yield return ("machine", string.Join(' ', header.Environment.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        yield return ("records", run.RecordCount.ToString(CultureInfo.InvariantCulture));
        yield return ("models", run.Models.IsEmpty ? "-" : string.Join(", ", run.Models));
        yield return ("tasks", run.Tasks.IsEmpty ? "-" : string.Join(", ", run.Tasks));
        yield return ("tags", run.Tags.IsEmpty ? "-" : string.Join(", ", run.Tags));
        yield return ("cost", run.Cost is { } cost ? string.Create(CultureInfo.InvariantCulture, $"{cost:0.####} US dollars") : "-");
    }

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
