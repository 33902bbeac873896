using System.Collections.Immutable;

namespace Assay.Tasks.Reading;

/// <summary>Where the rows of each split are: in files that the task names, or in the folder of local data sets.</summary>
static class DataFiles
{
    static readonly string[] _endings = [".jsonl", ".ndjson", ".json", ".csv", ".jsonl.gz", ".ndjson.gz", ".json.gz", ".csv.gz"];

    /// <summary>Split to paths. A path is relative to the task file's folder, or else to the current directory.</summary>
    public static IReadOnlyDictionary<string, ImmutableArray<string>> Read(FieldReader task, string split, string path, TaskReadOptions options)
    {
        var kwargs = task.Mapping("dataset_kwargs");
        kwargs?.Allow("dataset_kwargs", "data_files", "field", "trust_remote_code");
        if (kwargs?.Find("data_files") is not { } entry)
        {
            return OfFolder(task, split, path, options);
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
            item => item.Value.Select(name => Resolve(name, item.Key == split && options.RequireData ? entry : null, task.Problems, folder, options.CurrentDirectory)).ToImmutableArray());
    }

    static ImmutableDictionary<string, ImmutableArray<string>> OfFolder(FieldReader task, string split, string path, TaskReadOptions options)
    {
        var (dataset, name) = (task.Scalar("dataset_path"), task.Scalar("dataset_name"));
        var found = options.DataFolder is { } root && dataset is not null && Folder(root, dataset, name) is { } folder
            ? Files(folder)
            : [];
        if (options.RequireData && !found.ContainsKey(split))
        {
            var entry = task.Find("dataset_path") ?? task.Find("task");
            task.Problems.Add(entry?.Problem(Missing(options, dataset, name, split, found)) ?? new TaskProblem(path, 1, "'dataset_path' is missing."));
        }

        return found;
    }

    static string Missing(TaskReadOptions options, string? dataset, string? name, string split, ImmutableDictionary<string, ImmutableArray<string>> found)
    {
        var place = string.Join('/', new[] { dataset, name, split }.OfType<string>());
        return options.DataFolder is null
            ? $"the data set '{dataset}' is not on this machine as far as the task says, and Assay downloads nothing. " +
                $"Expected local files: '--data DIR' with DIR/{place}.jsonl, or 'dataset_path: json' and 'dataset_kwargs: {{data_files: {{{split}: FILE.jsonl}}}}'."
            : $"the split '{split}' of the data set '{dataset}' is not in {options.DataFolder}. Expected {Path.Combine(options.DataFolder, place)}.jsonl, .json or .csv" +
                (found.Count > 0 ? $"; there are the splits {string.Join(", ", found.Keys)}." : ". Put it there, or name another folder.");
    }

    // A name of a data set is a path of folders; one that leaves the folder of data sets is none.
    static string? Folder(string root, string dataset, string? name)
    {
        var full = Path.GetFullPath(root);
        var folder = Path.GetFullPath(Path.Combine(full, dataset, name ?? ""));
        return !Path.GetRelativePath(full, folder).StartsWith("..", StringComparison.Ordinal) && Directory.Exists(folder) ? folder : null;
    }

    static ImmutableDictionary<string, ImmutableArray<string>> Files(string folder) => Directory.EnumerateFiles(folder)
        .Select(file => (File: file, Split: SplitOf(Path.GetFileName(file))))
        .Where(item => item.Split is not null)
        .GroupBy(item => item.Split!, item => item.File, StringComparer.Ordinal)
        .ToImmutableDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToImmutableArray());

    // test.jsonl, and the parts of a split as data sets are published: test-00000-of-00002.jsonl.
    static string? SplitOf(string file)
    {
        var ending = _endings.Where(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).MaxBy(ending => ending.Length);
        if (ending is null)
        {
            return null;
        }

        var name = file[..^ending.Length];
        return name.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash && name.Contains("-of-", StringComparison.Ordinal) ? name[..dash] : name;
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
