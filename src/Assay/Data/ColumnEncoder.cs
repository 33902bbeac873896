using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Writes the features of one column into a matrix of rows.</summary>
sealed class ColumnEncoder
{
    readonly FittedColumn _fitted;
    readonly OneHotPositions? _oneHot;

    public ColumnEncoder(FittedColumn fitted)
    {
        _fitted = fitted;
        _oneHot = fitted.Categories is { } categories ? new OneHotPositions(fitted, categories) : null;
        var own = fitted.DateParts is { } parts
            ? [.. parts.Select(part => $"{Name}.{DatePartValues.NameOf(part)}")]
            : _oneHot?.Features ?? [Name];
        Features = fitted.MissingIndicator ? own.Add($"missing({Name})") : own;
    }

    public string Name => _fitted.Input.Name;

    public ImmutableArray<string> Features { get; }

    /// <summary>Feature f of row r goes to <c>r * stride + offset + f</c>; what stands there is 0.</summary>
    public void Write(Column column, Span<float> values, int offset, int stride)
    {
        column = AsFitted(column);
        if (_fitted.MissingIndicator)
        {
            WriteMissing(column, values, offset + Features.Length - 1, stride);
        }

        foreach (var step in _fitted.Steps)
        {
            column = step.ApplyTo(column);
        }

        switch (column)
        {
            case DateColumn dates when _fitted.DateParts is { } parts:
                DatePartValues.Write(dates, parts.AsSpan(), values, offset, stride);
                break;
            case not null when _oneHot is not null:
                _oneHot.Write(column, values, offset, stride);
                break;
            case NumericColumn numeric:
                WriteNumbers(numeric, values, offset, stride);
                break;
            default:
                throw new InvalidOperationException($"Column '{Name}' holds no numbers and has no encoding.");
        }
    }

    // A file of few rows may have inferred another kind for a column: take what means the same, refuse the rest.
    Column AsFitted(Column column)
    {
        var kind = _fitted.Input.Kind;
        return (column, kind) switch
        {
            _ when column.Kind == kind => column,
            (TextColumn text, ColumnKind.Category) => CategoryColumn.FromTexts(Name, [.. Enumerable.Range(0, text.Length).Select(text.Text)]),
            (_, ColumnKind.Category) when column.MissingCount == column.Length => new CategoryColumn(Name, [.. Enumerable.Repeat(-1, column.Length)], []),
            (_, ColumnKind.Date) when column.MissingCount == column.Length => new DateColumn(Name, [.. Enumerable.Repeat(long.MinValue, column.Length)]),
            (NumericColumn numeric, not (ColumnKind.Category or ColumnKind.Date)) => new NumericColumn(Name, kind, numeric.Values.ToArray()),
            _ when column.MissingCount == column.Length => new NumericColumn(Name, kind, [.. Enumerable.Repeat(double.NaN, column.Length)]),
            _ => throw new UserErrorException(
                $"Column '{Name}' of the rows is {column.Kind}, and the model was trained on {kind}. Correct its cells, or set its kind when reading."),
        };
    }

    void WriteNumbers(NumericColumn column, Span<float> values, int offset, int stride)
    {
        var numbers = column.Values;
        for (var row = 0; row < numbers.Length; row++)
        {
            var value = (float)numbers[row];
            values[(row * stride) + offset] = float.IsFinite(value) ? value : throw NotFinite(column, row);
        }
    }

    static void WriteMissing(Column column, Span<float> values, int offset, int stride)
    {
        for (var row = 0; row < column.Length; row++)
        {
            values[(row * stride) + offset] = column.IsMissing(row) ? 1 : 0;
        }
    }

    UserErrorException NotFinite(NumericColumn column, int row) => column.IsMissing(row)
        ? new($"Row {row + 1}: column '{Name}' has no value. A model takes numbers. In 'prepare', add an impute or a drop_missing for it.")
        : new($"Row {row + 1}: column '{Name}' is {column.Text(row)}. A model takes numbers within ±3.4e38. In 'prepare', add {{standardize: [{Name}]}}, or correct the cell.");
}
