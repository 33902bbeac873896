using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>What a name of a task folder stands for: a task, or a group of tasks and groups.</summary>
public abstract record TaskNode(string Name);

/// <summary>One task as a group or a run has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its definition, or what is wrong with it.</param>
public sealed record TaskLeaf(string Name, TaskFile File) : TaskNode(Name);

/// <summary>A group of tasks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Alias">Its name in tables; null for <see cref="TaskNode.Name"/>.</param>
/// <param name="Children">In the order of the file.</param>
/// <param name="Aggregates">The metrics that are averaged over the tasks; none: the group only gathers.</param>
public sealed record TaskGroup(string Name, string? Alias, ImmutableArray<TaskNode> Children, ImmutableArray<GroupMetric> Aggregates) : TaskNode(Name)
{
    /// <summary>Every task below, once, in order.</summary>
    public IEnumerable<TaskLeaf> Leaves => Children.SelectMany(child => child is TaskGroup group ? group.Leaves : [(TaskLeaf)child]).DistinctBy(leaf => leaf.Name);
}

/// <summary>One line of a group's aggregate_metric_list.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Filters">Only these; none: every filter that the tasks have.</param>
/// <param name="WeightBySize">True: tasks count by their samples; false: each counts the same.</param>
public sealed record GroupMetric(string Metric, ImmutableArray<string> Filters, bool WeightBySize);
