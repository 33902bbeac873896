using System.Collections.Immutable;
using Assay.Tasks.Reading;

namespace Assay.Tasks;

/// <summary>
/// Reads a task file of lm-evaluation-harness: YAML 1.1 with <c>include</c>. Supported: <c>generate_until</c> without worked examples, columns and
/// templates, filters, <c>exact_match</c>, <c>bleu</c>, <c>chrf</c>, <c>ter</c>. What is not supported is a problem, never ignored.
/// </summary>
public static class TaskReader
{
    const string Generate = "generate_until";

    static readonly string[] _otherOutputTypes = ["multiple_choice", "loglikelihood", "loglikelihood_rolling"];

    /// <summary>The definition, or all that is wrong with the file.</summary>
    /// <param name="path">The task file.</param>
    /// <param name="currentDirectory">Where data files are looked for when they are not beside the task file.</param>
    public static TaskFile Read(string path, string currentDirectory)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(currentDirectory);
        var problems = new List<TaskProblem>();
        var entries = new YamlSource(problems).Load(path);
        if (problems.Count > 0)
        {
            return new TaskFile(null, [.. problems]);
        }

        var names = entries.Keys.ToHashSet(StringComparer.Ordinal);
        var kept = PythonFunctions.Refuse(entries, problems);
        TaskKeys.Check(kept.Values, problems);
        var task = new FieldReader(kept, problems);
        CheckScope(task, path, names);
        var definition = Define(task, path, currentDirectory, names);
        return new TaskFile(
            problems.Count == 0 ? definition : null,
            [.. problems.Distinct().OrderBy(problem => problem.File == path ? 0 : 1).ThenBy(problem => problem.Line)]);
    }

    static TaskDefinition Define(FieldReader task, string path, string currentDirectory, HashSet<string> names)
    {
        var split = task.Text("test_split") ?? task.Text("validation_split");
        if (split is null && !names.Contains("test_split") && !names.Contains("validation_split"))
        {
            task.Problems.Add(new TaskProblem(path, 1, "the task has neither 'test_split' nor 'validation_split'; add the one to evaluate."));
        }

        var kwargs = task.Mapping("dataset_kwargs");
        return new TaskDefinition
        {
            Name = task.Scalar("task") ?? "",
            File = path,
            DatasetPath = task.Scalar("dataset_path") ?? "",
            DatasetName = task.Scalar("dataset_name"),
            DatasetField = kwargs?.Text("field"),
            Files = DataFiles.Read(task, split ?? "test", path, currentDirectory),
            Split = split ?? "test",
            OutputType = Generate,
            Description = Compile(task, "description", Template.Parse),
            DocToText = Field(task, "doc_to_text", path, names)!,
            DocToTarget = Field(task, "doc_to_target", path, names)!,
            DocToChoice = task.Find("doc_to_choice") is null ? null : Field(task, "doc_to_choice", path, names),
            TargetDelimiter = task.Text("target_delimiter") ?? " ",
            Generation = Generation(task),
            Filters = FilterReader.Read(task),
            Metrics = MetricReader.Read(task),
        };
    }

    // Things that are read only to be refused when they ask for more than there is.
    static void CheckScope(FieldReader task, string path, HashSet<string> names)
    {
        if (!names.Contains("task"))
        {
            task.Problems.Add(new TaskProblem(path, 1, "'task', the name, is missing: the file is a base for others. Name it, or read a file that includes it."));
        }

        if (task.Text("output_type") is { } type and not Generate)
        {
            task.Problems.Add(task.Find("output_type")!.Problem(_otherOutputTypes.Contains(type)
                ? $"the output_type '{type}' is not supported yet. Supported: {Generate}."
                : $"unknown output_type '{type}'.{NearestName.Hint(type, [Generate, .. _otherOutputTypes])} Supported: {Generate}."));
        }

        if (task.Integer("num_fewshot", 0) is > 0 and var shots)
        {
            task.Problems.Add(task.Find("num_fewshot")!.Problem($"num_fewshot is {shots}, and worked examples in the prompt are not supported yet. Expected 0."));
        }

        if (task.Integer("repeats", 1) is > 1 and var repeats)
        {
            task.Problems.Add(task.Find("repeats")!.Problem($"repeats is {repeats}, and several answers to one prompt are not supported yet. Expected 1."));
        }

        if (task.Find("fewshot_config") is { Value: YamlDotNet.RepresentationModel.YamlMappingNode }
            && task.Mapping("fewshot_config")!.Integer("num_fewshot", 0) is > 0)
        {
            task.Problems.Add(task.Find("fewshot_config")!.Problem("fewshot_config asks for worked examples in the prompt, which are not supported yet."));
        }
    }

    static DocumentField? Field(FieldReader task, string key, string path, HashSet<string> names)
    {
        if (task.Find(key) is not { } entry)
        {
            if (!names.Contains(key))
            {
                task.Problems.Add(new TaskProblem(path, 1, $"'{key}' is missing; expected the name of a column or a template."));
            }

            return null;
        }

        return entry.Resolved switch
        {
            string => Compile(task, key, DocumentField.Parse),
            IReadOnlyDictionary<string, object?> choices => DocumentField.Of(choices.Values.ToList()),
            var constant => DocumentField.Of(constant),
        };
    }

    static T? Compile<T>(FieldReader task, string key, Func<string, string, T> parse) where T : class
    {
        if (task.Text(key) is not { } source)
        {
            return null;
        }

        var entry = task.Find(key)!;
        var place = $"{entry.File}:{entry.Line}: ";
        try
        {
            return parse(source, $"{place}'{key}'");
        }
        catch (UserErrorException problem)
        {
            task.Problems.Add(entry.Problem(problem.Message[place.Length..]));
            return null;
        }
    }

    static GenerationOptions Generation(FieldReader task)
    {
        ImmutableArray<string> absent = [task.Text("fewshot_delimiter") ?? "\n\n"];
        if (task.Mapping("generation_kwargs") is not { } fields)
        {
            return new GenerationOptions { Until = absent };
        }

        fields.Allow("generation_kwargs", "until", "max_gen_toks", "temperature", "do_sample");
        var sampled = fields.Flag("do_sample", true);
        var temperature = fields.Real("temperature") ?? 0;
        return new GenerationOptions
        {
            Until = fields.Texts("until") ?? (fields.Find("until") is null ? absent : []),
            MaxTokens = (int)(fields.Integer("max_gen_toks", 1) ?? 256),
            Temperature = sampled ? temperature : 0,
        };
    }
}
