using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>One item to evaluate.</summary>
public sealed record Sample
{
    /// <summary>The position as text, or the value of the id column that was asked for; unique within the task.</summary>
    public required string Id { get; init; }

    /// <summary>From 0, through all files of the split.</summary>
    public required long Position { get; init; }

    /// <summary>What it was made of.</summary>
    public required Document Document { get; init; }

    /// <summary>
    /// What the model is asked, in the order of lm-evaluation-harness: one prompt to answer; or a continuation for every choice, and with
    /// acc_mutual_info every choice once more without context; or one target; or one whole text.
    /// </summary>
    public required ImmutableArray<PromptArgument> Arguments { get; init; }

    /// <summary>What the model gets: of several prompts the first.</summary>
    public string Prompt => Arguments[0].Context;

    /// <summary>Each of them is right; none when the document has no target, then the answer cannot be scored.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>The choices of a multiple-choice sample, without the delimiter; else none.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The indices of the right choices; none when the document names no choice that is there.</summary>
    public ImmutableArray<int> Gold { get; init; } = [];

    /// <summary>Column to value, for slices.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;
}
