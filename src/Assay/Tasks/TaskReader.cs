using System.Collections.Immutable;
using Assay.Tasks.Functions;
using Assay.Tasks.Reading;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks;

/// <summary>
/// Reads a task file of lm-evaluation-harness: YAML 1.1 with <c>include</c>, all four output types, worked examples, columns and templates,
/// filters, metrics, and the Python functions that are built in. What is not supported is a problem, never ignored.
/// </summary>
public static class TaskReader
{
    static readonly Dictionary<string, OutputType> _outputTypes = new(StringComparer.Ordinal)
    {
        ["generate_until"] = OutputType.GenerateUntil,
        ["multiple_choice"] = OutputType.MultipleChoice,
        ["loglikelihood"] = OutputType.LogLikelihood,
        ["loglikelihood_rolling"] = OutputType.LogLikelihoodRolling,
    };

    /// <summary>The definition, or all that is wrong with the file.</summary>
    /// <param name="path">The task file.</param>
    /// <param name="currentDirectory">Where data files are looked for when they are not beside the task file.</param>
    public static TaskFile Read(string path, string currentDirectory) => Read(path, new TaskReadOptions { CurrentDirectory = currentDirectory });

    /// <summary>The definition, or all that is wrong with the file.</summary>
    /// <param name="path">The task file.</param>
    /// <param name="options">Where its data are.</param>
    public static TaskFile Read(string path, TaskReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<TaskProblem>();
        var entries = new YamlSource(problems).Load(path);
        return problems.Count > 0 ? new TaskFile(null, [.. problems]) : Read(path, entries, options, new PythonModules());
    }

    /// <summary>As <see cref="Read(string, TaskReadOptions)"/>, of entries that were merged already.</summary>
    internal static TaskFile Read(string path, OrderedDictionary<string, YamlEntry> entries, TaskReadOptions options, PythonModules modules)
    {
        var problems = new List<TaskProblem>();
        var (kept, builtIn) = PythonFunctions.Resolve(entries, modules, problems);
        TaskKeys.Check(kept.Values, problems);
        var task = new FieldReader(kept, problems);
        var reading = new Reading(task, builtIn, path, entries.Keys.ToHashSet(StringComparer.Ordinal));
        var definition = reading.Define(options) with { Keys = options.RequireData ? Keys(entries) : ImmutableDictionary<string, object?>.Empty };
        return new TaskFile(
            problems.Count == 0 ? definition : null,
            [.. problems.Distinct().OrderBy(problem => problem.File == path ? 0 : 1).ThenBy(problem => problem.Line)]);
    }

    static OrderedDictionary<string, object?> Keys(OrderedDictionary<string, YamlEntry> entries)
    {
        var keys = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, entry) in entries)
        {
            keys[key] = entry.Value is YamlScalarNode { Tag: { IsEmpty: false, Value: "!function" } } function ? $"!function {function.Value}" : entry.Resolved;
        }

        return keys;
    }

    sealed class Reading(FieldReader task, Dictionary<string, BuiltIn> builtIn, string path, HashSet<string> names)
    {
        public TaskDefinition Define(TaskReadOptions options)
        {
            var type = Type();
            var split = Split();
            if (!names.Contains("task"))
            {
                task.Problems.Add(new TaskProblem(path, 1, "'task', the name, is missing: the file is a base for others. Name it, or read a file that includes it."));
            }

            var definition = new TaskDefinition
            {
                Name = task.Scalar("task") ?? "",
                File = path,
                Alias = task.Scalar("task_alias"),
                Tags = task.Texts("tag") ?? [],
                Version = Metadata()?.Scalar("version"),
                Cluster = Metadata()?.Text("cluster"),
                DatasetPath = task.Scalar("dataset_path") ?? "",
                DatasetName = task.Scalar("dataset_name"),
                DatasetField = task.Mapping("dataset_kwargs")?.Text("field"),
                Files = DataFiles.Read(task, split, path, options),
                Split = split,
                OutputType = type,
                Process = builtIn.GetValueOrDefault("process_docs") is ProcessBuiltIn process ? new DocumentProcess("process_docs", process.Apply) : null,
                Description = TaskFields.Field(task, "description"),
                DocToText = Required("doc_to_text")!,
                DocToTarget = Required("doc_to_target")!,
                DocToChoice = type == OutputType.MultipleChoice ? Required("doc_to_choice") : Field("doc_to_choice"),
                GenPrefix = TaskFields.Field(task, "gen_prefix"),
                TargetDelimiter = task.Text("target_delimiter") ?? " ",
                FewshotDelimiter = task.Text("fewshot_delimiter") ?? "\n\n",
                Fewshot = FewshotReader.Read(task),
                Repeats = (int)(task.Integer("repeats", 1) ?? 1),
                Generation = GenerationReader.Read(task),
                Filters = FilterReader.Read(task),
                Metrics = MetricReader.Read(task, type),
                Results = (builtIn.GetValueOrDefault("process_results") as ResultBuiltIn)?.Apply,
            };
            CheckFilters(definition);
            return definition;
        }

        FieldReader? Metadata() => task.Find("metadata") is { Value: YamlMappingNode } ? task.Mapping("metadata") : null;

        // The harness gives log-likelihoods to text filters, which fail on them.
        void CheckFilters(TaskDefinition definition)
        {
            if (definition.OutputType != OutputType.GenerateUntil && task.Find("filter_list") is { } filters && definition.Filters.Any(filter => !filter.TakesFirst))
            {
                task.Problems.Add(filters.Problem("filter_list filters texts, and this output_type gives log-likelihoods. Expected none, or take_first alone."));
            }
        }

        OutputType Type()
        {
            if (task.Text("output_type") is not { } name || _outputTypes.TryGetValue(name, out var type))
            {
                return _outputTypes.GetValueOrDefault(task.Text("output_type") ?? "");
            }

            task.Problems.Add(task.Find("output_type")!.Problem(
                $"unknown output_type '{name}'.{NearestName.Hint(name, _outputTypes.Keys)} Supported: {string.Join(", ", _outputTypes.Keys)}."));
            return type;
        }

        string Split()
        {
            var split = task.Text("test_split") ?? task.Text("validation_split");
            if (split is null && task.Find("test_split") is null && task.Find("validation_split") is null)
            {
                task.Problems.Add(new TaskProblem(path, 1, "the task has neither 'test_split' nor 'validation_split'; add the one to evaluate."));
            }

            return split ?? "test";
        }

        DocumentField? Required(string key)
        {
            if (!names.Contains(key))
            {
                task.Problems.Add(new TaskProblem(path, 1, $"'{key}' is missing; expected the name of a column or a template."));
            }

            return Field(key);
        }

        DocumentField? Field(string key) => builtIn.GetValueOrDefault(key) is FieldBuiltIn function ? DocumentField.Of(function.Apply) : TaskFields.Field(task, key);
    }
}
