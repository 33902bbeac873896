using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Writes the features of one column into a matrix of rows.</summary>
sealed class ColumnEncoder
{
    readonly FittedColumn _fitted;
    readonly Dictionary<string, int>? _positions;

    public ColumnEncoder(FittedColumn fitted)
    {
        _fitted = fitted;
        _positions = fitted.Categories?.Index().ToDictionary(x => x.Item, x => x.Index, StringComparer.Ordinal);
        Features = fitted.Categories is { } categories ? [.. categories.Select(category => $"{Name}={category}")] : [Name];
    }

    public string Name => _fitted.Input.Name;

    public ImmutableArray<string> Features { get; }

    /// <summary>Feature f of row r goes to <c>r * stride + offset + f</c>; what stands there is 0.</summary>
    public void Write(Column column, Span<float> values, int offset, int stride)
    {
        column = AsFitted(column);
        foreach (var step in _fitted.Steps)
        {
            column = step.ApplyTo(column);
        }

        switch (column)
        {
            case NumericColumn numeric when _positions is null:
                WriteNumbers(numeric, values, offset, stride);
                break;
            case NumericColumn numeric:
                WriteOneHot(numeric, _positions, values, offset, stride);
                break;
            case CategoryColumn category when _positions is not null:
                WriteOneHot(category, _positions, values, offset, stride);
                break;
            default:
                throw new InvalidOperationException($"Column '{Name}' holds categories and has no encoding.");
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
            (NumericColumn numeric, not ColumnKind.Category) => new NumericColumn(Name, kind, numeric.Values.ToArray()),
            (_, ColumnKind.Category) when column.MissingCount == column.Length => new CategoryColumn(Name, [.. Enumerable.Repeat(-1, column.Length)], []),
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

    UserErrorException NotFinite(NumericColumn column, int row) => column.IsMissing(row)
        ? new($"Row {row + 1}: column '{Name}' has no value. A model takes numbers. In 'prepare', add an impute or a drop_missing for it.")
        : new($"Row {row + 1}: column '{Name}' is {column.Text(row)}. A model takes numbers within ±3.4e38. In 'prepare', add {{standardize: [{Name}]}}, or correct the cell.");

    static void WriteOneHot(CategoryColumn column, Dictionary<string, int> positions, Span<float> values, int offset, int stride)
    {
        // One look-up per category pays when there are more rows than categories; few rows may carry the categories of many.
        var byCode = column.Categories.Count <= column.Length
            ? column.Categories.Select(category => positions.GetValueOrDefault(category, -1)).ToArray()
            : null;
        var codes = column.Codes;
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            var position = code < 0 ? -1 : byCode?[code] ?? positions.GetValueOrDefault(column.Categories[code], -1);
            if (position >= 0)
            {
                values[(row * stride) + offset + position] = 1;
            }
        }
    }

    static void WriteOneHot(NumericColumn column, Dictionary<string, int> positions, Span<float> values, int offset, int stride)
    {
        // Numbers are found by their text, which is made once per distinct number.
        var byValue = new Dictionary<double, int>();
        for (var row = 0; row < column.Length; row++)
        {
            var value = column.Values[row];
            if (!byValue.TryGetValue(value, out var position))
            {
                position = column.Text(row) is { } text ? positions.GetValueOrDefault(text, -1) : -1;
                byValue.Add(value, position);
            }

            if (position >= 0)
            {
                values[(row * stride) + offset + position] = 1;
            }
        }
    }
}
