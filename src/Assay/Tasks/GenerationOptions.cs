using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>How a model is to generate.</summary>
public sealed record GenerationOptions
{
    /// <summary>Texts that end the answer, themselves not part of it.</summary>
    public ImmutableArray<string> Until { get; init; } = ["\n\n"];

    /// <summary>At most so many tokens; 256 as in lm-evaluation-harness.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>0, the default, is greedy.</summary>
    public double Temperature { get; init; }

    /// <summary>The likeliest tokens that together have so much probability; null for all.</summary>
    public double? TopP { get; init; }
}
