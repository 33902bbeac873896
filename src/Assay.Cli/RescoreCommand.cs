using System.CommandLine;
using System.Text.Json;
using Assay.Reporting;
using Assay.Results;
using Assay.Results.Harness;
using Assay.Running;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Cli;

/// <summary><c>assay rescore</c>: stored outputs under another filter or metric.</summary>
static class RescoreCommand
{
    const int Shown = 20;

    static readonly Argument<string> _run = new("RUN") { Description = "a stored run, a file of records (--records of a run), or samples_*.jsonl of lm-evaluation-harness" };
    static readonly Option<string[]> _tasks = new("--tasks") { Description = "task files that say how to score now", Required = true, AllowMultipleArgumentsPerToken = true };
    static readonly Option<string?> _data = new("--data") { Description = "folder of local data sets, as in 'assay eval'" };
    static readonly Option<string?> _id = new("--id") { Description = "column that named the samples (default: their positions)" };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output, with every flip" };

    public static Command Create()
    {
        var command = new Command(
            "rescore", "Scores stored outputs again, by another filter or metric, without asking a model, and lists what flipped.\n\nExample:\n  assay rescore records.jsonl --tasks gsm8k-strict.yaml")
        {
            _run, _tasks, _data, _id, _store, _json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var json = arguments.GetValue(_json);
        var read = new TaskReadOptions { CurrentDirectory = Directory.GetCurrentDirectory(), DataFolder = arguments.GetValue(_data) };
        TaskFile[] files = [.. arguments.GetRequiredValue(_tasks).Select(path => TaskReader.Read(path, read))];
        string[] wrong = [.. files.SelectMany(file => file.Problems).Select(problem => problem.ToString())];
        if (wrong.Length > 0)
        {
            return ConsoleOutput.Problems(json, "rescore", wrong);
        }

        var rescored = new List<(TaskDefinition Task, RescoredModel Model)>();
        foreach (var task in files.Select(file => file.Require()))
        {
            var records = await RecordsAsync(arguments, cancellationToken).ConfigureAwait(false);
            var models = await Rescoring.ComputeAsync(task, records, arguments.GetValue(_id), new EstimateOptions(), cancellationToken).ConfigureAwait(false);
            rescored.AddRange(models.Select(model => (task, model)));
        }

        if (json)
        {
            PrintJson(rescored);
        }
        else
        {
            Print(rescored);
        }

        return CommandLine.Done;
    }

    static async Task<IAsyncEnumerable<Record>> RecordsAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var run = arguments.GetRequiredValue(_run);
        if (Directory.Exists(run) || (File.Exists(run) && Path.GetFileName(run).StartsWith("samples_", StringComparison.Ordinal)))
        {
            return HarnessLog.ReadSamplesAsync(run, cancellationToken);
        }

        if (File.Exists(run))
        {
            return RecordFile.ReadAsync(run, cancellationToken);
        }

        return (await StoredRuns.FindAsync(StoreOption.Open(arguments.GetValue(_store)), run, cancellationToken).ConfigureAwait(false)).Records;
    }

    static void PrintJson(IReadOnlyList<(TaskDefinition Task, RescoredModel Model)> rescored)
    {
        var document = ConsoleOutput.Document("rescore");
        document["estimates"] = JsonSerializer.SerializeToNode(rescored.SelectMany(item => item.Model.Estimates).ToArray(), ReportJson.Options);
        document["flips"] = new System.Text.Json.Nodes.JsonArray([.. rescored.SelectMany(item => item.Model.Flips.Select(flip =>
        {
            var node = JsonSerializer.SerializeToNode(flip, ReportJson.Options)!;
            (node["task"], node["model"]) = (item.Task.Name, item.Model.Model);
            return node;
        }))]);
        Console.Out.WriteLine(document.ToJsonString(ReportJson.Options));
    }

    static void Print(IReadOnlyList<(TaskDefinition Task, RescoredModel Model)> rescored)
    {
        foreach (var (task, model) in rescored)
        {
            Console.Out.WriteLine($"{task.Name}, {model.Model}");
            foreach (var estimate in model.Estimates)
            {
                Console.Out.WriteLine($"  {estimate.Filter,-20} {estimate.Metric,-28} {NumberText.Of(estimate)} of {estimate.N}");
            }

            Console.Out.WriteLine($"  {model.Flips.Length} flips");
            foreach (var flip in model.Flips.Take(Shown))
            {
                Console.Out.WriteLine(FormattableString.Invariant(
                    $"    {flip.Id}: {flip.Metric} {flip.Before:0.###} -> {flip.After:0.###}, '{Short(flip.AnswerBefore)}' -> '{Short(flip.Answer)}', target '{Short(flip.Target)}'"));
            }

            if (model.Flips.Length > Shown)
            {
                Console.Out.WriteLine($"    ... and {model.Flips.Length - Shown} more; --json has all");
            }
        }
    }

    static string Short(string? text) => text is null ? "" : string.Concat(text.ReplaceLineEndings(" ").EnumerateRunes().Take(40));
}
