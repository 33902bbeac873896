using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Values as their place in a list.</summary>
/// <param name="Categories">Their order is that of the places, from 0.</param>
/// <param name="Unknown">What any other value becomes.</param>
public sealed record OrdinalCoded(ImmutableArray<string> Categories, double Unknown) : FittedStep
{
    internal override Column ApplyTo(Column column)
    {
        var places = Categories.Index().ToDictionary(x => x.Item, x => (double)x.Index, StringComparer.Ordinal);
        var (classes, codes) = ClassLabels.Of(column);
        var byClass = classes.Select(text => places.GetValueOrDefault(text, Unknown)).ToArray();
        return new NumericColumn(column.Name, ColumnKind.Number, [.. codes.Select(code => code < 0 ? double.NaN : byClass[code])]);
    }
}
