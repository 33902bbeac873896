using System.Collections.Immutable;
using Assay.Tasks;

namespace Assay.Running;

public sealed partial class SpecReader
{
    // A list of files; or names of a folder of task files with what 'assay eval' has options for.
    Spec ReadTasks(Spec spec, SpecNode node)
    {
        if (!node.IsMap || node.NamedMap().ContainsKey("path"))
        {
            return Add(spec, node, null, new TaskReadOptions { CurrentDirectory = _currentFolder });
        }

        var map = node.Map("folder", "names", "data", "num_fewshot");
        if (!map.TryGetValue("names", out var names))
        {
            node.Problem($"'{node.Path}' has no 'names'. Add 'names: [...]': tasks, groups or tags of 'folder', or task files.");
            return spec;
        }

        var folder = map.TryGetValue("folder", out var place) && place.Text() is { } path ? FindFolder(place, path, "a folder of task files") : null;
        var data = map.TryGetValue("data", out var datasets) && datasets.Text() is { } root ? FindFolder(datasets, root, "a folder of data sets") : null;
        return (place is not null && folder is null) || (datasets is not null && data is null)
            ? spec
            : Add(spec, names, folder is null ? null : new(() => TaskFolder.Open(folder)), new TaskReadOptions { CurrentDirectory = _currentFolder, DataFolder = data }) with { Fewshot = map.GetValueOrDefault("num_fewshot")?.Whole(0) };
    }

    Spec Add(Spec spec, SpecNode names, Lazy<TaskFolder>? folder, TaskReadOptions options)
    {
        var (tasks, groups) = (new OrderedDictionary<string, TaskDefinition>(StringComparer.Ordinal), spec.Groups);
        foreach (var item in names.Items())
        {
            var (place, name, columns) = TaskPath(item);
            if (name is null || (folder is null ? FindFile(place, name) : ExistingFile(name) ?? name) is not { } found)
            {
                continue;
            }

            var selected = Selected(place, found, folder, options);
            groups = [.. groups.Concat(selected.Groups).DistinctBy(group => group.Name)];
            foreach (var task in selected.Leaves.Select(leaf => leaf.File.Definition).OfType<TaskDefinition>())
            {
                tasks[task.Name] = columns.IsEmpty && tasks.TryGetValue(task.Name, out var known) ? known : task with { Slices = columns };
            }
        }

        return spec with { Tasks = [.. tasks.Values], Groups = groups };
    }

    TaskSelection Selected(SpecNode place, string name, Lazy<TaskFolder>? folder, TaskReadOptions options)
    {
        try
        {
            var selected = TaskSelection.Find([name], folder, options);
            _problems.AddRange(selected.Problems.Select(problem => new SpecProblem(problem.File, problem.Line, problem.Message)));
            return selected;
        }
        catch (UserErrorException problem)
        {
            place.Problem(problem.Message);
            return new TaskSelection([], []);
        }
    }

    // A path, or a path and the columns whose values are judged apart.
    static (SpecNode Place, string? Path, ImmutableArray<string> Slices) TaskPath(SpecNode item)
    {
        if (!item.IsMap)
        {
            return (item, item.Text(), []);
        }

        var map = item.Map("path", "slices");
        return (map.GetValueOrDefault("path") ?? item, Required(item, map, "path"), map.TryGetValue("slices", out var slices) ? slices.Texts() : []);
    }

    string? ExistingFile(string path) => new[] { Path.GetFullPath(path, _folder), Path.GetFullPath(path, _currentFolder) }.FirstOrDefault(File.Exists);
}
