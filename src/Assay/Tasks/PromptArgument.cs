using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>One thing that a model is asked about a sample.</summary>
/// <param name="Turns">The prompt, part by part; none for a text without context.</param>
/// <param name="Continuation">The text whose log-likelihood is wanted; null where the model is to generate.</param>
public sealed record PromptArgument(ImmutableArray<PromptTurn> Turns, string? Continuation)
{
    /// <summary>The prompt as one text.</summary>
    public string Context { get; } = Turns is [var only] ? only.Content + only.Delimiter : PromptTurn.Join(Turns);
}
