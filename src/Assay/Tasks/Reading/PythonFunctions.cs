using Assay.Tasks.Functions;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary><c>!function module.name</c>: Python code beside the task file, which is never run. What is built in stands for it.</summary>
static class PythonFunctions
{
    /// <summary>Takes the keys that hold functions out; those that are built in come back by key, the others are problems.</summary>
    public static (OrderedDictionary<string, YamlEntry> Kept, Dictionary<string, BuiltIn> BuiltIn) Resolve(
        OrderedDictionary<string, YamlEntry> entries, PythonModules modules, ICollection<TaskProblem> problems)
    {
        var kept = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        var builtIn = new Dictionary<string, BuiltIn>(StringComparer.Ordinal);
        foreach (var (key, entry) in entries)
        {
            var functions = Find(entry.Value).ToArray();
            if (functions.Length == 0)
            {
                kept[key] = entry;
            }
            else if (functions.Length == 1 && functions[0] == entry.Value && Known(entry, modules, functions[0]) is { } function && Suits(key, function))
            {
                builtIn[key] = function;
            }
            else
            {
                foreach (var unknown in functions)
                {
                    problems.Add(Refusal(entry, unknown));
                }
            }
        }

        return (kept, builtIn);
    }

    static TaskProblem Refusal(YamlEntry entry, YamlScalarNode function) => new(
        entry.File, YamlValues.Line(function),
        $"'{entry.Key}' calls the Python function '{function.Value}', and Assay runs no Python; it is none of the built-ins. Expected a column, a template or a built-in name; write the rule as one, or add it to the built-ins (docs/tasks.md).")
    {
        Function = $"{entry.Key}: {function.Value}",
    };

    static bool Suits(string key, BuiltIn function) => function switch
    {
        ProcessBuiltIn => key == "process_docs",
        FieldBuiltIn => key is "doc_to_text" or "doc_to_target" or "doc_to_choice",
        ResultBuiltIn => key == "process_results",
        _ => false,
    };

    static BuiltIn? Known(YamlEntry entry, PythonModules modules, YamlScalarNode node)
    {
        var (module, function) = node.Value?.LastIndexOf('.') is > 0 and var dot ? (node.Value[..dot], node.Value[(dot + 1)..]) : ("", "");
        var path = Path.Combine(Path.GetDirectoryName(entry.File) ?? "", module.Replace('.', '/') + ".py");
        return module.Length > 0 ? modules.BuiltIn(path, function) : null;
    }

    static IEnumerable<YamlScalarNode> Find(YamlNode node) => node switch
    {
        YamlScalarNode scalar => !scalar.Tag.IsEmpty && scalar.Tag.Value == "!function" ? [scalar] : [],
        YamlSequenceNode sequence => sequence.SelectMany(Find),
        YamlMappingNode mapping => mapping.SelectMany(entry => Find(entry.Value)),
        _ => [],
    };
}
