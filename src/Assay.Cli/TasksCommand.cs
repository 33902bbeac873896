using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Reporting;
using Assay.Tasks;

namespace Assay.Cli;

/// <summary><c>assay tasks</c>: what a folder of task files holds, which of them run, and why the others do not.</summary>
static class TasksCommand
{
    static readonly Argument<string> _folder = new("FOLDER") { Description = "a folder of task files, such as lm_eval/tasks of lm-evaluation-harness" };
    static readonly Option<string?> _data = new("--data") { Description = "folder of local data sets (DIR/dataset_path/dataset_name/split.jsonl): a task runs only when its data are there" };
    static readonly Option<string?> _find = new("--find") { Description = "only tasks whose name, group or tag has this in it" };
    static readonly Option<bool> _all = new("--all") { Description = "a line for every task" };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    public static Command Create()
    {
        var command = new Command(
            "tasks", "Lists the tasks of a folder of lm-evaluation-harness task files, which of them run here, and why the others do not.\n\nExample:\n  assay tasks lm-evaluation-harness/lm_eval/tasks --find mmlu --all")
        {
            _folder, _data, _find, _all, _json,
        };
        command.SetAction((arguments, cancellationToken) => Task.FromResult(Run(arguments, cancellationToken)));
        return command;
    }

    static int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        var data = arguments.GetValue(_data);
        var folder = TaskFolder.Open(arguments.GetRequiredValue(_folder), cancellationToken);
        var wanted = arguments.GetValue(_find);
        var options = new TaskReadOptions { CurrentDirectory = Directory.GetCurrentDirectory(), DataFolder = data, RequireData = data is not null };
        TaskLeaf[] tasks = [.. folder.ReadAll(options, cancellationToken).Where(task => wanted is null || task.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)
            || (task.File.Definition?.Tags.Any(tag => tag.Contains(wanted, StringComparison.OrdinalIgnoreCase)) ?? false))];
        var reasons = tasks.Where(task => task.File.Definition is null).GroupBy(task => TaskReason.Of(task.File)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        if (arguments.GetValue(_json))
        {
            Console.Out.WriteLine(Document(folder, tasks, reasons).ToJsonString(ReportJson.Options));
            return CommandLine.Done;
        }

        Print(folder, tasks, reasons, arguments.GetValue(_all));
        return CommandLine.Done;
    }

    static void Print(TaskFolder folder, TaskLeaf[] tasks, IGrouping<string, TaskLeaf>[] reasons, bool all)
    {
        foreach (var task in all ? tasks : [])
        {
            Console.Out.WriteLine(task.File.Definition is { } definition ? $"{task.Name}  {definition.OutputType}" : $"{task.Name}  does not run: {task.File.Problems[0]}");
        }

        var running = tasks.Count(task => task.File.Definition is not null);
        Console.Out.WriteLine($"{tasks.Length} tasks, {folder.Groups.Count()} groups, {folder.Tags.Count()} tags in {folder.Path}");
        Console.Out.WriteLine($"{running} run ({Share(running, tasks.Length)})");
        foreach (var reason in reasons)
        {
            Console.Out.WriteLine($"{reason.Count(),7} do not ({Share(reason.Count(), tasks.Length)}): {reason.Key}; {reason.First().Name} say");
        }

        foreach (var problem in folder.Problems)
        {
            Console.Error.WriteLine(problem);
        }
    }

    static JsonObject Document(TaskFolder folder, TaskLeaf[] tasks, IGrouping<string, TaskLeaf>[] reasons)
    {
        var document = ConsoleOutput.Document("tasks");
        document["folder"] = folder.Path;
        document["groups"] = folder.Groups.Count();
        document["tags"] = folder.Tags.Count();
        document["running"] = tasks.Count(task => task.File.Definition is not null);
        document["reasons"] = new JsonArray([.. reasons.Select(reason => new JsonObject { ["reason"] = reason.Key, ["tasks"] = reason.Count() })]);
        document["tasks"] = new JsonArray([.. tasks.Select(task => new JsonObject
        {
            ["name"] = task.Name,
            ["runs"] = task.File.Definition is not null,
            ["output_type"] = task.File.Definition?.OutputType.ToString(),
            ["problems"] = new JsonArray([.. task.File.Problems.Select(problem => JsonValue.Create(problem.ToString()))]),
        })]);
        document["problems"] = new JsonArray([.. folder.Problems.Select(problem => JsonValue.Create(problem.ToString()))]);
        return document;
    }

    static string Share(int part, int whole) => whole == 0 ? "0 %" : FormattableString.Invariant($"{100.0 * part / whole:F1} %");
}
