using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>What came of reading a task file.</summary>
/// <param name="Definition">Null when there are problems.</param>
/// <param name="Problems">All of them, in the order of the lines.</param>
public sealed record TaskFile(TaskDefinition? Definition, ImmutableArray<TaskProblem> Problems)
{
    /// <summary>The definition of a task file without problems.</summary>
    /// <exception cref="UserErrorException">There are problems; the message has a line for each.</exception>
    public TaskDefinition Require() => Definition ?? throw new UserErrorException(string.Join('\n', Problems));
}

/// <summary>One thing that is wrong in a task file.</summary>
/// <param name="File">The task file, or one that it includes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Message">What was found, what was expected, what to do.</param>
public sealed record TaskProblem(string File, int Line, string Message)
{
    /// <summary>The Python function that is missing, as <c>key: module.function</c>; null for another problem.</summary>
    public string? Function { get; init; }

    /// <summary><c>file:line: message</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {Message}";
}
