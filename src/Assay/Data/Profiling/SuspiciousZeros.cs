using System.Globalization;

namespace Assay.Data.Profiling;

/// <summary>
/// Zeros that probably mean 'not known'. The rule: no value is negative, at most two thirds are 0, at least ten distinct values are
/// above 0, and 0 stands apart: the least value above 0 is at least 2.5 times the widest gap between neighbours among the distinct values
/// above 0 up to their median. A count (0, 1, 2, ...) and an amount that comes in all sizes have no such gap.
/// </summary>
static class SuspiciousZeros
{
    const double MostZeros = 2.0 / 3;
    const int FewestValues = 10;
    const double Apart = 2.5;

    public static DataFinding? Find(ColumnProfile column)
    {
        if (column.Kind is not (ColumnKind.Number or ColumnKind.Integer)
            || column.Numbers is not { Zeros: > 0, Negative: 0, LeastPositive: { } least } numbers || numbers.Zeros > MostZeros * column.Count)
        {
            return null;
        }

        var positive = numbers.Points.Where(value => value > 0).ToArray();
        var distinct = positive.Distinct().ToArray();
        if (distinct.Length < FewestValues)
        {
            return null;
        }

        var median = positive[positive.Length / 2];
        var widest = distinct.Zip(distinct.Skip(1)).TakeWhile(pair => pair.Second <= median).Select(pair => pair.Second - pair.First).DefaultIfEmpty(double.PositiveInfinity).Max();
        return least < Apart * widest ? null : new DataFinding(Weight.Suspicious, "suspicious_zeros", column.Name, string.Create(CultureInfo.InvariantCulture,
            $"{numbers.Zeros} of {column.Count} values ({100.0 * numbers.Zeros / column.Count:0.0} %) are 0, and the next is {least:0.####}: 0 probably means 'not known'; read it as missing"), numbers.Zeros);
    }
}
