using System.Collections.Immutable;

namespace Assay.Scoring;

/// <summary>Which columns of a table hold what; the others are ignored.</summary>
public sealed record PredictionColumns
{
    /// <summary>What is true.</summary>
    public required string Truth { get; init; }

    /// <summary>What the model said: a class or a number.</summary>
    public required string Prediction { get; init; }

    /// <summary>Of two classes, what the rows are ranked by: higher for the positive class. Null: the probability.</summary>
    public string? Score { get; init; }

    /// <summary>
    /// One column: the probability of the positive class of two. More: of each class, in the order of the classes (numbers ascending,
    /// texts in ordinal order) unless the columns carry the classes' names.
    /// </summary>
    public ImmutableArray<string> Probabilities { get; init; } = [];

    /// <summary>The weight of each row; null: 1 each.</summary>
    public string? Weights { get; init; }

    /// <summary>The positive class of two; null: the last in order.</summary>
    public string? Positive { get; init; }
}
