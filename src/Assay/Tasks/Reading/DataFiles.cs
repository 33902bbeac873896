using System.Collections.Immutable;

namespace Assay.Tasks.Reading;

/// <summary>Where the rows of each split are.</summary>
static class DataFiles
{
    /// <summary>Split to paths. A path is relative to the task file's folder, or else to the current directory.</summary>
    public static IReadOnlyDictionary<string, ImmutableArray<string>> Read(FieldReader task, string split, string path, string currentDirectory)
    {
        var kwargs = task.Mapping("dataset_kwargs");
        kwargs?.Allow("dataset_kwargs", "data_files", "field", "trust_remote_code");
        if (kwargs?.Find("data_files") is not { } entry)
        {
            task.Problems.Add((task.Find("dataset_path") ?? task.Find("task"))?.Problem(
                $"the data set '{task.Scalar("dataset_path")}' is not on this machine as far as the task says, and Assay downloads nothing. " +
                $"Expected local files: 'dataset_path: json' and 'dataset_kwargs: {{data_files: {{{split}: FILE.jsonl}}}}'.")
                ?? new TaskProblem(path, 1, "'dataset_path' is missing."));
            return ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        }

        var splits = Splits(entry, kwargs, task.Problems);
        if (splits.Count > 0 && !splits.ContainsKey(split))
        {
            task.Problems.Add(entry.Problem(
                $"data_files has no split '{split}', which the task evaluates.{NearestName.Hint(split, splits.Keys)} It has: {string.Join(", ", splits.Keys)}" +
                (entry.Value is YamlDotNet.RepresentationModel.YamlMappingNode ? "." : " (files without a split are 'train').")));
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return splits.ToImmutableDictionary(
            item => item.Key,
            item => item.Value.Select(name => Resolve(name, item.Key == split ? entry : null, task.Problems, folder, currentDirectory)).ToImmutableArray());
    }

    static Dictionary<string, ImmutableArray<string>> Splits(YamlEntry entry, FieldReader kwargs, ICollection<TaskProblem> problems)
    {
        if (entry.Resolved is not IReadOnlyDictionary<string, object?> named)
        {
            return kwargs.Texts("data_files") is { } files ? new() { ["train"] = files } : [];
        }

        var fields = kwargs.Mapping("data_files")!;
        var splits = named.Keys.Select(name => (Name: name, Files: fields.Texts(name))).ToArray();
        if (splits.Length == 0)
        {
            problems.Add(entry.Expected("a file, a list of files, or a mapping of splits to them"));
        }

        return splits.Where(split => split.Files is not null).ToDictionary(split => split.Name, split => split.Files!.Value);
    }

    // Only the evaluated split's files must exist: the others are for worked examples.
    static string Resolve(string name, YamlEntry? needed, ICollection<TaskProblem> problems, string folder, string currentDirectory)
    {
        var (beside, below) = (Path.GetFullPath(Path.Combine(folder, name)), Path.GetFullPath(Path.Combine(currentDirectory, name)));
        if (File.Exists(beside) || File.Exists(below))
        {
            return File.Exists(beside) ? beside : below;
        }

        if (needed is not null)
        {
            var places = beside == below ? beside : $"{beside} (beside the task file) and {below} (from the current directory)";
            problems.Add(needed.Problem($"the data file '{name}' does not exist; looked for {places}. Correct the path, or run where it is."));
        }

        return beside;
    }
}
