using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Assay.Data.Profiling;

/// <summary>Takes the cells of one column, batch after batch, in bounded memory.</summary>
sealed class ColumnSummary(string name, ulong seed)
{
    const int MostCounted = 10_000;
    const int MostKept = 1000;
    const int TopValues = 10;

    readonly QuantileSketch _sketch = new(seed);
    readonly DistinctCounter _distinct = new(MostCounted);
    Dictionary<string, long>? _texts = new(StringComparer.Ordinal);
    Dictionary<double, long>? _numbers = [];
    ColumnKind? _kind;
    string? _reason;
    long _count, _missing, _blanks, _zeros, _negative;
    double _mean, _squares;
    double _min = double.PositiveInfinity, _max = double.NegativeInfinity, _leastPositive = double.PositiveInfinity;

    /// <summary>Of all cells in order: equal columns have equal ones.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>Takes a batch and mixes its cells into the hashes of the rows.</summary>
    public void Add(Column column, Span<ulong> rows)
    {
        _reason = column.Reason ?? _reason;
        _kind = _kind is { } before && before != column.Kind ? Wider(before, column.Kind) : column.Kind;
        if (column.IsNumeric || column.Kind == ColumnKind.Date)
        {
            AddNumbers(column, rows);
        }
        else
        {
            AddTexts(column, rows);
        }
    }

    public ColumnProfile Build(Column? sample)
    {
        var exact = _numbers is not null && _texts is not null;
        ImmutableArray<ValueCount> all = exact
            ? [.. _numbers!.Select(pair => new ValueCount(Text(pair.Key), pair.Value)).Concat(_texts!.Select(pair => new ValueCount(pair.Key, pair.Value)))
                .OrderByDescending(value => value.Rows).ThenBy(value => value.Value, StringComparer.Ordinal)]
            : [];
        return new ColumnProfile
        {
            Name = name,
            Kind = _kind ?? ColumnKind.Number,
            Reason = _reason,
            Count = _count,
            Missing = _missing,
            Blanks = _blanks,
            Distinct = exact ? all.Length : _distinct.Distinct,
            DistinctError = exact ? 0 : _distinct.RelativeError,
            Top = exact ? [.. all.Take(TopValues)] : sample is null ? [] : OfSample(sample),
            TopExact = exact,
            Values = exact && all.Length <= MostKept ? all : null,
            Numbers = _min > _max ? null : Numbers(),
        };
    }

    static ColumnKind Wider(ColumnKind a, ColumnKind b) => (a, b) switch
    {
        (ColumnKind.Integer or ColumnKind.Number, ColumnKind.Integer or ColumnKind.Number) => ColumnKind.Number,
        (ColumnKind.Text, _) or (_, ColumnKind.Text) => ColumnKind.Text,
        _ => ColumnKind.Category,
    };

    static ImmutableArray<ValueCount> OfSample(Column sample)
    {
        var (classes, codes) = ClassLabels.Of(sample);
        return [.. codes.Where(code => code >= 0).CountBy(code => code).Where(pair => pair.Value > 1).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(TopValues).Select(pair => new ValueCount(classes[pair.Key], pair.Value))];
    }

    NumberProfile Numbers() => new()
    {
        Min = _min,
        Max = _max,
        Mean = _mean,
        Deviation = Math.Sqrt(_squares / _count),
        Zeros = _zeros,
        Negative = _negative,
        LeastPositive = double.IsFinite(_leastPositive) ? _leastPositive : null,
        Points = ImmutableCollectionsMarshal.AsImmutableArray(_sketch.Points()),
        PointsExact = _sketch.IsExact,
    };

    string Text(double value) => Drift.DriftColumn.Text(value, _kind ?? ColumnKind.Number);

    void AddNumbers(Column column, Span<ulong> rows)
    {
        var values = new double[column.Length];
        column.CopyNumbers(0, values);
        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            var hash = CellHash.Of(value);
            rows[row] = CellHash.Combine(rows[row], hash);
            Sequence = CellHash.Combine(Sequence, hash);
            if (double.IsNaN(value))
            {
                _missing++;
                continue;
            }

            Add(value);
            Count(ref _numbers, value, hash, CellHash.Of);
        }
    }

    void AddTexts(Column column, Span<ulong> rows)
    {
        var category = column as CategoryColumn;
        var hashes = category?.Categories.Select(CellHash.Of).ToArray();
        for (var row = 0; row < column.Length; row++)
        {
            var text = column.Text(row);
            var hash = text is null ? CellHash.Missing : hashes?[category!.Codes[row]] ?? CellHash.Of(text);
            rows[row] = CellHash.Combine(rows[row], hash);
            Sequence = CellHash.Combine(Sequence, hash);
            if (text is null)
            {
                _missing++;
                continue;
            }

            _count++;
            _blanks += text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) ? 1 : 0;
            Count(ref _texts, text, hash, CellHash.Of);
        }
    }

    void Add(double value)
    {
        _count++;
        var deviation = value - _mean;
        _mean += deviation / _count;
        _squares += deviation * (value - _mean);
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        _zeros += value == 0 ? 1 : 0;
        _negative += value < 0 ? 1 : 0;
        _leastPositive = value > 0 && value < _leastPositive ? value : _leastPositive;
        _sketch.Add(value);
    }

    // Past the limit the values themselves are let go, and their hashes are counted.
    void Count<T>(ref Dictionary<T, long>? counts, T value, ulong hash, Func<T, ulong> hashOf) where T : notnull
    {
        if (counts is null)
        {
            _distinct.Add(hash);
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
        if (counts.Count <= MostCounted)
        {
            return;
        }

        foreach (var (known, times) in counts)
        {
            _distinct.Add(hashOf(known), times);
        }

        counts = null;
    }
}
