using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Assay.Tasks;

/// <summary>One line of a task's metric_list.</summary>
public sealed record TaskMetric
{
    /// <summary>As in docs/tasks.md: <c>exact_match</c>, <c>acc</c>, <c>acc_norm</c>, <c>byte_perplexity</c>, ...</summary>
    public required string Name { get; init; }

    /// <summary>Default true; false for <c>ter</c>, <c>brier_score</c>, perplexities and <c>bits_per_byte</c>.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>What does not count in the comparison of <c>exact_match</c> and <c>contains</c>.</summary>
    public ExactMatchOptions Options { get; init; } = new();

    /// <summary>How far off a <c>number</c> may be and still be right.</summary>
    public double Tolerance { get; init; }

    /// <summary>Of the metric <c>points</c>: what each right part of an answer is worth; null for 1.</summary>
    public DocumentField? Points { get; init; }

    /// <summary>Of the metric <c>points</c>: what a part is worth that holds some of the right letters and no other.</summary>
    public double Incomplete { get; init; }
}

/// <summary>What does not count when an answer is compared with a target; applied to both, in the order of the members.</summary>
public sealed record ExactMatchOptions
{
    /// <summary>Matches are deleted, one expression after the other.</summary>
    public ImmutableArray<Regex> RegexesToIgnore { get; init; } = [];

    /// <summary>Compares in lower case.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Deletes the 32 punctuation marks of ASCII.</summary>
    public bool IgnorePunctuation { get; init; }

    /// <summary>Deletes the digits 0 to 9.</summary>
    public bool IgnoreNumbers { get; init; }
}
