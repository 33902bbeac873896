using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Assay.Tasks;

/// <summary>One line of a task's metric_list. The aggregation of exact_match is the mean; the others are of the whole corpus.</summary>
public sealed record TaskMetric
{
    /// <summary><c>exact_match</c>, <c>bleu</c>, <c>chrf</c> or <c>ter</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Default true, of <c>ter</c> false.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>What does not count in the comparison of <c>exact_match</c>.</summary>
    public ExactMatchOptions Options { get; init; } = new();
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
