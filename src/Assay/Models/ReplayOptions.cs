namespace Assay.Models;

/// <summary>Where stored outputs are and how to read them.</summary>
public sealed record ReplayOptions : LanguageModelOptions
{
    internal const string DefaultOutput = "{{ output }}";

    /// <summary>JSON lines or JSON, also as .gz; with the output <c>{{ output }}</c> also <c>samples_*.jsonl</c> of lm-evaluation-harness, whose rows are found by <c>doc_id</c>.</summary>
    public required string Path { get; init; }

    /// <summary>A template for the output of a row; it sees the row's columns, and the whole as <c>row</c>: <c>{{ row['175b']['solution'] }}</c>. A list of texts answers a task with <c>repeats</c>.</summary>
    public required string Output { get; init; }

    /// <summary>The column that holds the sample's id; null matches by position.</summary>
    public string? Id { get; init; }

    /// <summary>A column that must be equal in the row and in the sample's document, such as the question; null checks nothing.</summary>
    public string? Check { get; init; }

    /// <inheritdoc/>
    public override string Name { get; init; } = "replay";
}
