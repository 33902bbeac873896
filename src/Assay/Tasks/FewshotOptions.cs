using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>The worked examples in a task's prompts.</summary>
public sealed record FewshotOptions
{
    /// <summary>The task's number of them; a run may ask for another.</summary>
    public int Count { get; init; }

    /// <summary>The split they are taken from; null where <see cref="Samples"/> are given.</summary>
    public string? Split { get; init; }

    /// <summary>Those that stand in the task file itself.</summary>
    public ImmutableArray<Document> Samples { get; init; } = [];

    /// <summary>True takes the first of the split in their order, false draws them.</summary>
    public bool FirstN { get; init; }

    /// <summary>True when the document that is asked about may be among them: then one more is drawn, and it is left out.</summary>
    public bool MayHoldDocument { get; init; }

    /// <summary>Instead of the task's, in worked examples; null for the task's.</summary>
    public DocumentField? DocToText { get; init; }

    /// <summary>Likewise.</summary>
    public DocumentField? DocToTarget { get; init; }

    /// <summary>Likewise.</summary>
    public DocumentField? DocToChoice { get; init; }

    /// <summary>Likewise.</summary>
    public DocumentField? GenPrefix { get; init; }

    /// <summary>Between question and answer; one blank by default.</summary>
    public string TargetDelimiter { get; init; } = " ";

    /// <summary>After an answer; an empty line by default.</summary>
    public string Delimiter { get; init; } = "\n\n";
}
