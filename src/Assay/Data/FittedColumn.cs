using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>How one raw column becomes features.</summary>
/// <param name="Input">The raw column.</param>
/// <param name="Steps">In order.</param>
/// <param name="Categories">The values with a feature of their own, in its order; null: the column is one numeric feature.</param>
public sealed record FittedColumn(InputColumn Input, ImmutableArray<FittedStep> Steps, ImmutableArray<string>? Categories);
