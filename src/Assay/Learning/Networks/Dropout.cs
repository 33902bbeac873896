using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>In training each number becomes 0 with probability <c>rate</c>, the others are divided by <c>1 - rate</c>; else nothing changes.</summary>
/// <param name="Rate">At least 0 and below 1.</param>
public sealed record Dropout(double Rate) : LayerOptions
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Summary => FormattableString.Invariant($"dropout {Rate}");

    internal override IEnumerable<string> Problems() => Rate is >= 0 and < 1
        ? []
        : [FormattableString.Invariant($"has a dropout rate of {Rate}. It must be at least 0 and below 1. Give such a number, 0.2 say.")];
}
