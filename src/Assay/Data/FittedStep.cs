using System.Text.Json.Serialization;

namespace Assay.Data;

/// <summary>What a step learnt of one column.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(ImputedNumber), "impute_number")]
[JsonDerivedType(typeof(ImputedText), "impute_text")]
[JsonDerivedType(typeof(Standardized), "standardize")]
[JsonDerivedType(typeof(MinMaxScaled), "min_max")]
[JsonDerivedType(typeof(RobustScaled), "robust")]
[JsonDerivedType(typeof(QuantileScaled), "quantile")]
[JsonDerivedType(typeof(Logged), "log")]
[JsonDerivedType(typeof(Clipped), "clip")]
[JsonDerivedType(typeof(OrdinalCoded), "ordinal")]
public abstract record FittedStep
{
    private protected FittedStep()
    {
    }

    internal abstract Column ApplyTo(Column column);
}

/// <summary>Fills a numeric column.</summary>
/// <param name="Value">What a missing cell becomes.</param>
public sealed record ImputedNumber(double Value) : FittedStep
{
    internal override Column ApplyTo(Column column)
    {
        var values = ((NumericColumn)column).Values.ToArray();
        foreach (ref var value in values.AsSpan())
        {
            value = double.IsNaN(value) ? Value : value;
        }

        return new NumericColumn(column.Name, column.Kind, values);
    }
}

/// <summary>Fills a column of categories.</summary>
/// <param name="Value">What a missing cell becomes.</param>
public sealed record ImputedText(string Value) : FittedStep
{
    internal override Column ApplyTo(Column column)
    {
        if (column.MissingCount == 0)
        {
            return column;
        }

        var category = (CategoryColumn)column;
        string[] categories = [.. category.Categories];
        var filling = Array.BinarySearch(categories, Value, StringComparer.Ordinal);
        var isNew = filling < 0;
        if (isNew)
        {
            filling = ~filling;
            categories = [.. categories[..filling], Value, .. categories[filling..]];
        }

        var codes = category.Codes.ToArray();
        foreach (ref var code in codes.AsSpan())
        {
            code = code < 0 ? filling : isNew && code >= filling ? code + 1 : code;
        }

        return new CategoryColumn(column.Name, codes, categories);
    }
}

/// <summary>Shifts and scales a numeric column.</summary>
/// <param name="Mean">Subtracted.</param>
/// <param name="Scale">Then divided by; not 0.</param>
public sealed record Standardized(double Mean, double Scale) : FittedStep
{
    internal override Column ApplyTo(Column column)
    {
        var values = ((NumericColumn)column).Values.ToArray();
        foreach (ref var value in values.AsSpan())
        {
            value = (value - Mean) / Scale;
        }

        return new NumericColumn(column.Name, ColumnKind.Number, values);
    }
}
