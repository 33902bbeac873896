using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assay.Tasks.Functions;
using Assay.Tasks.Reading;

namespace Assay.Tasks;

/// <summary>
/// A folder of task files as lm-evaluation-harness lays them out: tasks, groups and tags by name. Files without a name are bases of others.
/// Source: its tasks/_index.py and _factory.py.
/// </summary>
public sealed class TaskFolder
{
    readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    readonly Dictionary<string, SortedSet<string>> _tags = new(StringComparer.Ordinal);
    readonly PythonModules _modules = new();

    TaskFolder(string path)
    {
        Path = path;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Names of single tasks, in order.</summary>
    public IEnumerable<string> Tasks => _entries.Values.Where(entry => !entry.IsGroup).Select(entry => entry.Name).Order(StringComparer.Ordinal);

    /// <summary>Names of groups, in order.</summary>
    public IEnumerable<string> Groups => _entries.Values.Where(entry => entry.IsGroup).Select(entry => entry.Name).Order(StringComparer.Ordinal);

    /// <summary>Names of tags, in order; a tag stands for every task that has it.</summary>
    public IEnumerable<string> Tags => _tags.Keys.Order(StringComparer.Ordinal);

    /// <summary>Files that are no YAML, and names that stand twice, of which the first in the order of the paths counts.</summary>
    public ImmutableArray<TaskProblem> Problems { get; private set; } = [];

    /// <summary>Walks a folder and all folders in it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="UserErrorException">There is no such folder.</exception>
    public static TaskFolder Open(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(path))
        {
            throw new UserErrorException($"{path}: there is no such folder. Expected a folder of task files, lm_eval/tasks of lm-evaluation-harness say. Correct the path.");
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var loaded = new (OrderedDictionary<string, YamlEntry> Entries, List<TaskProblem> Problems)[files.Length];
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var problems = new List<TaskProblem>();
            loaded[i] = (new YamlSource(problems).Load(files[i]), problems);
        });

        var folder = new TaskFolder(path);
        var wrong = new List<TaskProblem>();
        foreach (var (file, (entries, problems)) in files.Zip(loaded))
        {
            wrong.AddRange(problems);
            folder.Add(file, entries, wrong);
        }

        folder.Problems = [.. wrong.Distinct()];
        return folder;
    }

    /// <summary>What a name stands for: one task, the group, or every task of the tag.</summary>
    /// <exception cref="UserErrorException">The name is not known; the message has the nearest.</exception>
    public ImmutableArray<TaskNode> Find(string name, TaskReadOptions options)
    {
        if (_entries.TryGetValue(name, out var entry))
        {
            return [Build(entry, [], options, [])];
        }

        return _tags.TryGetValue(name, out var tagged)
            ? [.. tagged.Where(_entries.ContainsKey).Select(task => Build(_entries[task], [], options, []))]
            : throw new UserErrorException(
                $"There is no task, group or tag '{name}' in {Path}.{NearestName.Hint(name, [.. _entries.Keys, .. _tags.Keys])} 'assay tasks {Path}' lists them.");
    }

    /// <summary>Every single task, read side by side; in the order of the names.</summary>
    public ImmutableArray<TaskLeaf> ReadAll(TaskReadOptions options, CancellationToken cancellationToken = default)
    {
        var tasks = new ConcurrentBag<TaskLeaf>();
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.ForEach(_entries.Values.Where(entry => !entry.IsGroup), parallel, entry => tasks.Add(Leaf(entry, [], options)));
        return [.. tasks.OrderBy(task => task.Name, StringComparer.Ordinal)];
    }

    void Add(string file, OrderedDictionary<string, YamlEntry> entries, List<TaskProblem> problems)
    {
        var isGroup = entries.TryGetValue("group", out var group) && !entries.ContainsKey("class");
        if ((isGroup ? group : entries.GetValueOrDefault("task"))?.Resolved is not string name)
        {
            return;
        }

        if (!_entries.TryAdd(name, new Entry(name, file, entries, isGroup)))
        {
            problems.Add(entries[isGroup ? "group" : "task"].Problem($"the name '{name}' stands in {_entries[name].File} too, which counts. Rename one of them."));
            return;
        }

        foreach (var tag in isGroup ? [] : Texts(entries.GetValueOrDefault("tag")))
        {
            (_tags.TryGetValue(tag, out var tasks) ? tasks : _tags[tag] = new SortedSet<string>(StringComparer.Ordinal)).Add(name);
        }
    }

    static IEnumerable<string> Texts(YamlEntry? entry) => entry?.Resolved switch
    {
        string text => [text],
        IReadOnlyList<object?> items => items.OfType<string>(),
        _ => [],
    };

    TaskNode Build(Entry entry, IReadOnlyList<YamlEntry> overrides, TaskReadOptions options, ImmutableArray<string> above)
    {
        if (!entry.IsGroup)
        {
            return Leaf(entry, overrides, options);
        }

        if (above.Contains(entry.Name))
        {
            throw new UserErrorException($"{entry.File}: the group '{entry.Name}' holds itself: {string.Join(" holds ", [.. above, entry.Name])}. Take it out of one of them.");
        }

        return new GroupReader(this, options, above.Add(entry.Name)).Read(entry.Name, entry.Entries, overrides);
    }

    TaskLeaf Leaf(Entry entry, IReadOnlyList<YamlEntry> overrides, TaskReadOptions options)
    {
        var entries = new OrderedDictionary<string, YamlEntry>(entry.Entries, StringComparer.Ordinal);
        foreach (var changed in overrides)
        {
            entries[changed.Key] = changed;
        }

        return new TaskLeaf(entry.Name, TaskReader.Read(entry.File, entries, options, _modules));
    }

    // Members of a group: names of tasks, groups and tags, mappings that change a task, and groups of their own.
    sealed class GroupReader(TaskFolder folder, TaskReadOptions options, ImmutableArray<string> above)
    {
        static readonly string[] _groupKeys = ["group", "group_alias", "task", "aggregate_metric_list", "metadata", "tag"];

        public TaskGroup Read(string name, OrderedDictionary<string, YamlEntry> entries, IReadOnlyList<YamlEntry> overrides)
        {
            YamlEntry[] merged = [.. entries.Values.Where(entry => !_groupKeys.Contains(entry.Key)), .. overrides];
            var members = entries.GetValueOrDefault("task")?.Value switch
            {
                YamlDotNet.RepresentationModel.YamlSequenceNode list => list.SelectMany(node => Member(name, node, entries["task"], merged)),
                { } single => Member(name, single, entries["task"], merged),
                null => [],
            };
            var problems = new List<TaskProblem>();
            var group = new TaskGroup(name, entries.GetValueOrDefault("group_alias")?.Resolved as string, [.. members], GroupMetrics.Read(new FieldReader(entries, problems)));
            return problems.Count == 0 ? group : throw new UserErrorException(string.Join('\n', problems));
        }

        IEnumerable<TaskNode> Member(string group, YamlDotNet.RepresentationModel.YamlNode node, YamlEntry list, YamlEntry[] overrides)
        {
            if (YamlValues.Of(node) is string name)
            {
                return Named(group, name, list, overrides);
            }

            if (node is not YamlDotNet.RepresentationModel.YamlMappingNode mapping)
            {
                throw new UserErrorException(list.Expected("a list of names and mappings").ToString());
            }

            var fields = new OrderedDictionary<string, YamlEntry>(StringComparer.Ordinal);
            foreach (var field in YamlEntry.Of(mapping, list.File))
            {
                fields[field.Key] = field;
            }

            if (fields.GetValueOrDefault("group")?.Resolved is string inner)
            {
                return folder._entries.ContainsKey(inner)
                    ? Named(group, inner, list, [.. overrides, .. fields.Values.Where(field => field.Key != "group")])
                    : [Read($"{group}::{inner}", fields, overrides)];
            }

            return fields.GetValueOrDefault("task")?.Resolved is string task
                ? folder._entries.ContainsKey(task) || folder._tags.ContainsKey(task)
                    ? Named(group, task, list, [.. overrides, .. fields.Values.Where(field => field.Key != "task")])
                    : [Own($"{group}::{task}", list.File, fields, overrides)]
                : throw new UserErrorException(list.Problem($"a member of the group '{group}' has neither 'task' nor 'group'. Add one.").ToString());
        }

        // A task that stands in the group's file alone.
        TaskLeaf Own(string name, string file, OrderedDictionary<string, YamlEntry> fields, YamlEntry[] overrides) =>
            folder.Leaf(new Entry(name, file, fields, false), [.. overrides, fields["task"] with { Value = new YamlDotNet.RepresentationModel.YamlScalarNode(name) }], options);

        IEnumerable<TaskNode> Named(string group, string name, YamlEntry list, YamlEntry[] overrides)
        {
            if (folder._entries.TryGetValue(name, out var entry))
            {
                return [folder.Build(entry, overrides, options, above)];
            }

            return folder._tags.TryGetValue(name, out var tagged)
                ? tagged.Select(task => folder.Build(folder._entries[task], overrides, options, above))
                : throw new UserErrorException(
                    list.Problem($"the group '{group}' holds '{name}', which is no task, group or tag in {folder.Path}.{NearestName.Hint(name, folder._entries.Keys)} Correct the name.").ToString());
        }
    }

    sealed record Entry(string Name, string File, OrderedDictionary<string, YamlEntry> Entries, bool IsGroup);
}
