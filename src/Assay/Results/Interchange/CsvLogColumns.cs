using System.Collections.Immutable;

namespace Assay.Results.Interchange;

/// <summary>
/// Which column of a table is what. Columns named as the keys of a record, <c>scores.METRIC</c> and <c>tags.NAME</c> are taken by
/// themselves: so <see cref="CsvRecords"/> names them.
/// </summary>
public sealed record CsvLogColumns
{
    /// <summary>Key of a record (id, task, model, filter, input, target, output, answer, ...) to the column that has it.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Columns that are scores: numbers, or true and false; an empty cell is a sample that was not scored.</summary>
    public ImmutableArray<string> Scores { get; init; } = [];

    /// <summary>Columns to slice by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The model, where no column names it.</summary>
    public string? Model { get; init; }

    /// <summary>The task, where no column names it.</summary>
    public string? Task { get; init; }
}
