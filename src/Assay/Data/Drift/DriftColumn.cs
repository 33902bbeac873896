using System.Collections.Immutable;
using System.Globalization;
using Assay.Data.Profiling;

namespace Assay.Data.Drift;

/// <summary>One side of a column in a comparison: of a table at hand, or of a saved profile.</summary>
public sealed record DriftColumn
{
    // As many values as a profile keeps.
    const int MostValues = 1000;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Rows with a value.</summary>
    public required long Count { get; init; }

    /// <summary>Rows without one.</summary>
    public required long Missing { get; init; }

    /// <summary>Of numbers and dates: the values ascending, or 2048 that stand for equally many rows each; else empty.</summary>
    public required double[] Values { get; init; }

    /// <summary>Each value and its rows; null when there are more than a thousand.</summary>
    public required ImmutableSortedDictionary<string, long>? Counts { get; init; }

    /// <summary>The texts of a column of a table; empty of numbers, and of a saved profile, which keeps none.</summary>
    internal IEnumerable<string> Texts { get; init; } = [];

    /// <summary>A column of a table.</summary>
    public static DriftColumn Of(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var isNumber = column.IsNumeric || column.Kind == ColumnKind.Date;
        var values = isNumber ? Sorted(column) : [];
        return new DriftColumn
        {
            Name = column.Name,
            Kind = column.Kind,
            Count = column.Length - column.MissingCount,
            Missing = column.MissingCount,
            Values = values,
            Counts = isNumber ? OfNumbers(values, column.Kind) : OfTexts(column),
            Texts = isNumber ? [] : Enumerable.Range(0, column.Length).Select(column.Text).OfType<string>(),
        };
    }

    /// <summary>A column of a profile, whose values with their counts it keeps.</summary>
    public static DriftColumn Of(ColumnProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new DriftColumn
        {
            Name = profile.Name,
            Kind = profile.Kind,
            Count = profile.Count,
            Missing = profile.Missing,
            Values = profile.Numbers is { } numbers ? [.. numbers.Points] : [],
            Counts = profile.Values?.ToImmutableSortedDictionary(value => value.Value, value => value.Rows, StringComparer.Ordinal),
        };
    }

    static double[] Sorted(Column column)
    {
        var values = new double[column.Length];
        column.CopyNumbers(0, values);
        Array.Sort(values);

        // NaN sorts first.
        return values[column.MissingCount..];
    }

    static ImmutableSortedDictionary<string, long>? OfNumbers(double[] sorted, ColumnKind kind)
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        for (var (i, next) = (0, 0); i < sorted.Length; i = next)
        {
            while (next < sorted.Length && sorted[next] == sorted[i])
            {
                next++;
            }

            if (counts.Count == MostValues)
            {
                return null;
            }

            counts.Add(Text(sorted[i], kind), next - i);
        }

        return counts.ToImmutable();
    }

    static ImmutableSortedDictionary<string, long>? OfTexts(Column column)
    {
        var (classes, codes) = ClassLabels.Of(column);
        return classes.Length > MostValues ? null : codes.Where(code => code >= 0).CountBy(code => code)
            .ToImmutableSortedDictionary(pair => classes[pair.Key], pair => (long)pair.Value, StringComparer.Ordinal);
    }

    /// <summary>A number as it stands in a cell.</summary>
    internal static string Text(double value, ColumnKind kind) => (kind, value) switch
    {
        (ColumnKind.Boolean, _) => value == 0 ? "False" : "True",
        (ColumnKind.Date, _) => DateTime.UnixEpoch.AddDays(value).ToString(value == Math.Floor(value) ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
