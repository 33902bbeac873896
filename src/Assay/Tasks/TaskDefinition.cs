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

    /// <summary>What is asked of the model.</summary>
    public OutputType OutputType { get; init; }

    /// <summary>The name in tables; null for <see cref="Name"/>.</summary>
    public string? Alias { get; init; }

    /// <summary>The key <c>tag</c>: names that ask for all tasks that have them.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The version in <c>metadata</c>; null without one.</summary>
    public string? Version { get; init; }

    /// <summary>The column in <c>metadata</c>'s <c>cluster</c>: samples with one value of it are alike, and the standard error knows it. Null for none; the harness takes no notice.</summary>
    public string? Cluster { get; init; }

    /// <summary>The built-in that stands for the task's <c>process_docs</c>; null for none.</summary>
    public DocumentProcess? Process { get; init; }

    /// <summary>Stands before the prompt, with nothing in between; null for none.</summary>
    public DocumentField? Description { get; init; }

    /// <summary>The prompt, or the number of the choice that is the prompt.</summary>
    public required DocumentField DocToText { get; init; }

    /// <summary>The target, or the list of targets.</summary>
    public required DocumentField DocToTarget { get; init; }

    /// <summary>The choices that a target's number counts in; null without choices.</summary>
    public DocumentField? DocToChoice { get; init; }

    /// <summary>Between a prompt and its answer or choice; default one blank.</summary>
    public string TargetDelimiter { get; init; } = " ";

    /// <summary>The answer as it is begun for the model; null for none.</summary>
    public DocumentField? GenPrefix { get; init; }

    /// <summary>After a worked example, and between a run's system text and the description; default an empty line.</summary>
    public string FewshotDelimiter { get; init; } = "\n\n";

    /// <summary>Worked examples.</summary>
    public FewshotOptions Fewshot { get; init; } = new();

    /// <summary>Answers to each prompt.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>How to generate.</summary>
    public GenerationOptions Generation { get; init; } = new();

    /// <summary>At least one; each gives its own row of results.</summary>
    public ImmutableArray<FilterPipeline> Filters { get; init; } = [FilterPipeline.None];

    /// <summary>Columns whose values are judged apart; the spec names them, the task file does not.</summary>
    public ImmutableArray<string> Slices { get; init; } = [];

    /// <summary>At least one.</summary>
    public required ImmutableArray<TaskMetric> Metrics { get; init; }

    /// <summary>
    /// The built-in that stands for <c>process_results</c>: metric to score, from a document and the log-likelihoods of its choices. Null where
    /// the metrics have their own definitions.
    /// </summary>
    public Func<Document, ImmutableArray<double>, IReadOnlyDictionary<string, double>>? Results { get; init; }

    /// <summary>The task file's keys as they stand there, with those of its includes; a function is <c>!function name</c>. Empty where the data were not asked for.</summary>
    internal IReadOnlyDictionary<string, object?> Keys { get; init; } = ImmutableDictionary<string, object?>.Empty;
}
