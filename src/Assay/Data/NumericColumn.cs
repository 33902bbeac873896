using System.Globalization;

namespace Assay.Data;

/// <summary>Numbers, integers or truth values as float64. NaN is the missing value: no reader lets any other NaN in.</summary>
public sealed class NumericColumn(string name, ColumnKind kind, double[] values) : Column(name, kind)
{
    /// <summary>One value per row; NaN where missing; booleans are 0 and 1.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public override int Length => values.Length;

    /// <inheritdoc/>
    public override int MissingCount => values.Count(double.IsNaN);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(values[row]);

    /// <inheritdoc/>
    public override string? Text(int row) => (IsMissing(row), Kind) switch
    {
        (true, _) => null,
        (_, ColumnKind.Boolean) => values[row] == 0 ? "False" : "True",
        _ => values[row].ToString("R", CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public override NumericColumn Select(ReadOnlySpan<int> rows)
    {
        var selected = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            selected[i] = values[rows[i]];
        }

        return new NumericColumn(Name, Kind, selected);
    }
}
