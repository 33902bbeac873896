using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>A benchmark as its task file defines it, compiled: templates, expressions and the places of its data are checked.</summary>
public sealed record TaskDefinition
{
    /// <summary>The key <c>task</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the task file.</summary>
    public required string File { get; init; }

    /// <summary>json, or the name of a data set.</summary>
    public required string DatasetPath { get; init; }

    /// <summary>The subset of the data set; null when it has none.</summary>
    public string? DatasetName { get; init; }

    /// <summary>The key of the rows inside a JSON file that is one object; null finds it.</summary>
    public string? DatasetField { get; init; }

    /// <summary>Split to the paths of its files, in their order.</summary>
    public required IReadOnlyDictionary<string, ImmutableArray<string>> Files { get; init; }

    /// <summary>The split that is evaluated: test_split, else validation_split.</summary>
    public required string Split { get; init; }

    /// <summary>generate_until.</summary>
    public required string OutputType { get; init; }

    /// <summary>Stands before the prompt, with nothing in between; null for none.</summary>
    public Template? Description { get; init; }

    /// <summary>The prompt.</summary>
    public required DocumentField DocToText { get; init; }

    /// <summary>The target, or the list of targets.</summary>
    public required DocumentField DocToTarget { get; init; }

    /// <summary>The choices that a target's number counts in; null without choices.</summary>
    public DocumentField? DocToChoice { get; init; }

    /// <summary>Between a prompt and its answer in a worked example; default one blank.</summary>
    public string TargetDelimiter { get; init; } = " ";

    /// <summary>How to generate.</summary>
    public GenerationOptions Generation { get; init; } = new();

    /// <summary>At least one; each gives its own row of results.</summary>
    public ImmutableArray<FilterPipeline> Filters { get; init; } = [FilterPipeline.None];

    /// <summary>Columns whose values are judged apart; the spec names them, the task file does not.</summary>
    public ImmutableArray<string> Slices { get; init; } = [];

    /// <summary>At least one.</summary>
    public required ImmutableArray<TaskMetric> Metrics { get; init; }
}
