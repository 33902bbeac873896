using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>How one raw column becomes features.</summary>
/// <param name="Input">The raw column.</param>
/// <param name="Steps">In order.</param>
/// <param name="Categories">The values with a feature of their own, in its order; null: the column is one numeric feature, or date parts.</param>
public sealed record FittedColumn(InputColumn Input, ImmutableArray<FittedStep> Steps, ImmutableArray<string>? Categories)
{
    /// <summary>The values that share one feature because they are rare, which stands behind those of the categories; null: there is none.</summary>
    public ImmutableArray<string>? Rare { get; init; }

    /// <summary>What a value does that the training rows do not hold.</summary>
    public UnknownCategory Unknown { get; init; }

    /// <summary>True: one more feature, the last, is 1 where the raw cell is missing.</summary>
    public bool MissingIndicator { get; init; }

    /// <summary>The features of a date column, in order; null for other columns.</summary>
    public ImmutableArray<DatePart>? DateParts { get; init; }
}
