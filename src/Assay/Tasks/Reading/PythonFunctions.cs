using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary><c>!function module.name</c>: Python code beside the task file, which is never run.</summary>
static class PythonFunctions
{
    /// <summary>Reports every one and takes the keys that need it out.</summary>
    public static OrderedDictionary<string, YamlEntry> Refuse(OrderedDictionary<string, YamlEntry> entries, ICollection<TaskProblem> problems)
    {
        var kept = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var (key, entry) in entries)
        {
            var functions = Find(entry.Value).ToArray();
            foreach (var function in functions)
            {
                problems.Add(new TaskProblem(entry.File, YamlValues.Line(function),
                    $"'{key}' calls the Python function '{function.Value}', and Assay runs no Python. Expected a column, a template or a built-in name; write the rule as one."));
            }

            if (functions.Length == 0)
            {
                kept[key] = entry;
            }
        }

        return kept;
    }

    static IEnumerable<YamlScalarNode> Find(YamlNode node) => node switch
    {
        YamlScalarNode scalar => !scalar.Tag.IsEmpty && scalar.Tag.Value == "!function" ? [scalar] : [],
        YamlSequenceNode sequence => sequence.SelectMany(Find),
        YamlMappingNode mapping => mapping.SelectMany(entry => Find(entry.Value)),
        _ => [],
    };
}
