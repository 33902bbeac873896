using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary>One key of a task file with its value, and where the key stands: an included file has lines of its own.</summary>
sealed record YamlEntry(string Key, YamlNode Value, string File, int Line)
{
    public object? Resolved => YamlValues.Of(Value);

    public TaskProblem Problem(string message) => new(File, Line, message);

    public TaskProblem Expected(string what) => Problem($"'{Key}' is {Templates.PythonValue.Describe(Resolved)}; expected {what}.");

    public static IEnumerable<YamlEntry> Of(YamlMappingNode mapping, string file) => YamlValues.Entries(mapping)
        .Select(entry => new YamlEntry(YamlValues.Key(entry.Key), entry.Value, file, YamlValues.Line(entry.Key)));
}
