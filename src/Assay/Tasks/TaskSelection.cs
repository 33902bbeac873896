using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>Tasks asked for by the path of a file, or by the name of a task, a group or a tag of a folder of task files.</summary>
/// <param name="Leaves">Every single task, once; those of a group too.</param>
/// <param name="Groups">The groups among them, and those within.</param>
public sealed record TaskSelection(ImmutableArray<TaskLeaf> Leaves, ImmutableArray<TaskGroup> Groups)
{
    /// <summary>What is wrong with the files of the tasks; none: all can run.</summary>
    public ImmutableArray<TaskProblem> Problems => [.. Leaves.SelectMany(leaf => leaf.File.Problems).Distinct()];

    /// <summary>The tasks of these names.</summary>
    /// <param name="names">Paths of files that are there, or names.</param>
    /// <param name="folder">Where names are looked up, opened for the first of them; null: every one must be a file.</param>
    /// <param name="options">Where the data are.</param>
    /// <exception cref="UserErrorException">A name is not known, or there is no such folder.</exception>
    public static TaskSelection Find(IEnumerable<string> names, Lazy<TaskFolder>? folder, TaskReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(options);
        TaskNode[] nodes = [.. names.SelectMany(name => Find(name, folder, options))];
        return new TaskSelection(
            [.. nodes.SelectMany(node => node is TaskGroup group ? group.Leaves : [(TaskLeaf)node]).DistinctBy(leaf => leaf.Name)],
            [.. nodes.SelectMany(GroupsOf).DistinctBy(group => group.Name)]);
    }

    static ImmutableArray<TaskNode> Find(string name, Lazy<TaskFolder>? folder, TaskReadOptions options)
    {
        if (File.Exists(name))
        {
            var file = TaskReader.Read(name, options);
            return [new TaskLeaf(file.Definition?.Name ?? name, file)];
        }

        return folder?.Value.Find(name, options)
            ?? throw new UserErrorException($"'{name}' is no task file. Expected the path of one, or a name and the folder of task files it is looked up in (--tasks FOLDER; in a spec 'folder').");
    }

    static IEnumerable<TaskGroup> GroupsOf(TaskNode node) => node is TaskGroup group ? [group, .. group.Children.SelectMany(GroupsOf)] : [];
}
