using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Which feature of a one-hot encoded column a value sets.</summary>
sealed class OneHotPositions
{
    readonly FittedColumn _fitted;
    readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    public OneHotPositions(FittedColumn fitted, ImmutableArray<string> categories)
    {
        _fitted = fitted;
        foreach (var (i, category) in categories.Index())
        {
            _positions.Add(category, i);
        }

        foreach (var rare in fitted.Rare ?? [])
        {
            _positions.Add(rare, categories.Length);
        }

        var name = fitted.Input.Name;
        Features = [.. categories.Select(category => $"{name}={category}"), .. fitted.Rare is null ? Array.Empty<string>() : [$"{name}=(rare)"]];
    }

    public ImmutableArray<string> Features { get; }

    /// <summary>Sets the feature of each row; what stands there is 0.</summary>
    public void Write(Column column, Span<float> values, int offset, int stride)
    {
        switch (column)
        {
            case NumericColumn numeric:
                Write(numeric, values, offset, stride);
                break;
            case CategoryColumn category:
                Write(category, values, offset, stride);
                break;
            default:
                throw new InvalidOperationException($"Column '{column.Name}' is {column.Kind} and has no one-hot encoding.");
        }
    }

    void Write(CategoryColumn column, Span<float> values, int offset, int stride)
    {
        // One look-up per category pays when there are more rows than categories; few rows may carry the categories of many.
        const int NotLookedUp = -2;
        var byCode = column.Categories.Count <= column.Length ? new int[column.Categories.Count] : null;
        byCode?.AsSpan().Fill(NotLookedUp);
        var codes = column.Codes;
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            if (code < 0)
            {
                continue;
            }

            var position = byCode?[code] is { } found and not NotLookedUp ? found : Of(column.Categories[code], row);
            byCode?[code] = position;
            Set(values, position, row, offset, stride);
        }
    }

    // Numbers are found by their text, which is made once per distinct number.
    void Write(NumericColumn column, Span<float> values, int offset, int stride)
    {
        var byValue = new Dictionary<double, int>();
        for (var row = 0; row < column.Length; row++)
        {
            var value = column.Number(row);
            if (!byValue.TryGetValue(value, out var position))
            {
                position = column.Text(row) is { } text ? Of(text, row) : -1;
                byValue.Add(value, position);
            }

            Set(values, position, row, offset, stride);
        }
    }

    static void Set(Span<float> values, int position, int row, int offset, int stride)
    {
        if (position >= 0)
        {
            values[(row * stride) + offset + position] = 1;
        }
    }

    int Of(string text, int row) => (_positions.TryGetValue(text, out var position), _fitted.Unknown) switch
    {
        (true, _) => position,
        (_, UnknownCategory.Ignore) => -1,
        (_, UnknownCategory.Rare) => _fitted.Rare is null ? -1 : _fitted.Categories!.Value.Length,
        _ => throw new UserErrorException(
            $"Row {row + 1}: column '{_fitted.Input.Name}' is '{text}', which no training row holds, and its one_hot says unknown: error. Correct the cell, or use unknown: ignore or rare."),
    };
}
