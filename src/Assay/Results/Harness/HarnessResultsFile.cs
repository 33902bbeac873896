using System.Collections.Immutable;
using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Results.Harness;

/// <summary>One task of a run as its results file has it.</summary>
/// <param name="Task">The task.</param>
/// <param name="Results">As <see cref="HarnessTaskTally"/> gives them.</param>
/// <param name="Fewshot">The run's number of worked examples.</param>
/// <param name="Original">Documents of the split, those beyond the run's limit too.</param>
/// <param name="Hash">Of all lines of its samples file.</param>
/// <param name="Unscored">Outcome to the lines that have no score, for they are in no figure.</param>
sealed record HarnessTaskResults(
    TaskDefinition Task, IReadOnlyDictionary<string, object?> Results, int Fewshot, long Original, string Hash, IReadOnlyDictionary<string, object?> Unscored);

/// <summary>What of a run's model and settings its results file tells.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Source">The harness' name of how it was asked.</param>
/// <param name="Arguments">As the harness takes them, without a key.</param>
/// <param name="Limit">Samples a task; null for all.</param>
/// <param name="Chat">Prompts went out as messages.</param>
/// <param name="Environment">The machine and the software.</param>
/// <param name="Run">The run's id here.</param>
/// <param name="Started">When.</param>
/// <param name="Seconds">How long it took.</param>
sealed record HarnessRun(string Name, string Source, string Arguments, long? Limit, bool Chat, string Environment, string Run, DateTimeOffset Started, double Seconds);

/// <summary><c>results_DATE.json</c> of lm-evaluation-harness 0.4.13: its keys in its order (result_schema.py, evaluator.py). What is not known here is null.</summary>
static class HarnessResultsFile
{
    /// <summary>The whole file.</summary>
    public static string Write(HarnessRun run, IReadOnlyList<HarnessTaskResults> tasks, ImmutableArray<TaskGroup> groups) =>
        PythonJson.Indented(Document(run, tasks, groups));

    static OrderedDictionary<string, object?> Document(HarnessRun run, IReadOnlyList<HarnessTaskResults> tasks, ImmutableArray<TaskGroup> groups)
    {
        var results = Map(tasks.Select(task => (task.Task.Name, (object?)task.Results)));
        TaskGroup[] inner = [.. groups.Reverse().DistinctBy(group => group.Name)];
        foreach (var group in inner)
        {
            results[group.Name] = HarnessGroup.Of(group, results);
        }

        var document = new OrderedDictionary<string, object?>(StringComparer.Ordinal) { ["results"] = results };
        if (inner.Any(group => !group.Aggregates.IsEmpty))
        {
            document["groups"] = Map(inner.Where(group => !group.Aggregates.IsEmpty).Select(group => (group.Name, results[group.Name])));
        }

        document["group_subtasks"] = Map(inner.Select(group => (group.Name, (object?)group.Children.Select(child => (object?)child.Name).ToList())));
        AddTasks(document, tasks, inner);
        AddRun(document, run, tasks);
        return document;
    }

    static void AddTasks(OrderedDictionary<string, object?> document, IReadOnlyList<HarnessTaskResults> tasks, TaskGroup[] groups)
    {
        var fewshot = tasks.ToDictionary(task => task.Task.Name, task => (object?)(long)task.Fewshot, StringComparer.Ordinal);
        var better = tasks.ToDictionary(task => task.Task.Name, Better, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            string[] children = [.. group.Children.Select(child => child.Name)];
            object?[] shots = [.. children.Where(fewshot.ContainsKey).Select(child => fewshot[child]).Distinct()];
            if (shots.Length == 1)
            {
                fewshot[group.Name] = shots[0];
            }

            if (Agreed([.. children.Where(better.ContainsKey).Select(child => better[child])]) is { Count: > 0 } agreed)
            {
                better[group.Name] = agreed;
            }
        }

        document["configs"] = Sorted(tasks.Select(task => (task.Task.Name, (object?)HarnessTaskConfig.Of(task.Task, task.Fewshot))));
        document["versions"] = Sorted([.. tasks.Select(task => (task.Task.Name, Version(task.Task))), .. groups.Select(group => (group.Name, (object?)HarnessTaskTally.None))]);
        document["n-shot"] = Sorted(fewshot.Select(entry => (entry.Key, entry.Value)));
        document["higher_is_better"] = Sorted(better.Select(entry => (entry.Key, (object?)entry.Value)));
        document["n-samples"] = Map(tasks.Select(task => (task.Task.Name, (object?)Map([("original", task.Original), ("effective", task.Results["sample_len"])]))));
    }

    static void AddRun(OrderedDictionary<string, object?> document, HarnessRun run, IReadOnlyList<HarnessTaskResults> tasks)
    {
        document["config"] = Map(
        [
            ("model", run.Source), ("model_args", run.Arguments), ("batch_size", null), ("batch_sizes", new List<object?>()), ("device", null), ("use_cache", null),
            ("limit", run.Limit), ("bootstrap_iters", 100_000L), ("gen_kwargs", null), ("random_seed", null), ("numpy_seed", null), ("torch_seed", null), ("fewshot_seed", 1234L),
        ]);
        document["git_hash"] = null;
        document["date"] = run.Started.ToUnixTimeMilliseconds() / 1000.0;
        document["pretty_env_info"] = run.Environment;
        foreach (var unknown in new[] { "transformers_version", "lm_eval_version", "upper_git_hash" })
        {
            document[unknown] = null;
        }

        document["task_hashes"] = Map(tasks.Select(task => (task.Task.Name, (object?)task.Hash)));
        document["model_source"] = run.Source;
        document["model_name"] = run.Name;
        document["model_name_sanitized"] = HarnessNames.Safe(run.Name);
        foreach (var unknown in new[] { "system_instruction", "system_instruction_sha" })
        {
            document[unknown] = null;
        }

        document["fewshot_as_multiturn"] = run.Chat;
        document["chat_template"] = null;
        document["chat_template_sha"] = null;
        document["total_evaluation_time_seconds"] = PythonText.Str(run.Seconds);
        document["assay"] = Map([("version", AssayVersion.Text), ("run", run.Run), ("unscored", Map(tasks.Where(task => task.Unscored.Count > 0).Select(task => (task.Task.Name, (object?)task.Unscored))))]);
    }

    static OrderedDictionary<string, object?> Better(HarnessTaskResults task) =>
        Map(task.Task.Metrics.Select(metric => (metric.Name, (object?)metric.HigherIsBetter)));

    // Null where the tasks of a group do not agree, as there.
    static OrderedDictionary<string, object?> Agreed(OrderedDictionary<string, object?>[] tasks)
    {
        var agreed = Map([]);
        foreach (var (metric, higher) in tasks.SelectMany(task => task))
        {
            agreed[metric] = agreed.TryGetValue(metric, out var known) && !Equals(known, higher) ? null : higher;
        }

        return agreed;
    }

    static object? Version(TaskDefinition task) =>
        (task.Keys.GetValueOrDefault("metadata") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("version") ?? "Yaml";

    static OrderedDictionary<string, object?> Sorted(IEnumerable<(string Key, object? Value)> entries) => Map(entries.OrderBy(entry => entry.Key, StringComparer.Ordinal));

    static OrderedDictionary<string, object?> Map(IEnumerable<(string Key, object? Value)> entries)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            map[key] = value;
        }

        return map;
    }
}
