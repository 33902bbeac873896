using System.Globalization;

namespace Assay.Data;

/// <summary>Points in time in ticks of 100 ns (seven digits of a second). What has no time zone is taken as UTC.</summary>
/// <param name="name">Column name.</param>
/// <param name="ticks">UTC, as <see cref="DateTime.Ticks"/>; <see cref="long.MinValue"/> where missing.</param>
public sealed class DateColumn(string name, long[] ticks) : Column(name, ColumnKind.Date)
{
    bool? _daysOnly;

    /// <summary>One point per row in UTC, as <see cref="DateTime.Ticks"/>; <see cref="long.MinValue"/> where missing.</summary>
    public ReadOnlySpan<long> Ticks => ticks;

    /// <summary>Every point is a midnight: the column holds days.</summary>
    public bool DaysOnly => _daysOnly ??= Array.TrueForAll(ticks, point => point == long.MinValue || point % TimeSpan.TicksPerDay == 0);

    /// <inheritdoc/>
    public override int Length => ticks.Length;

    /// <inheritdoc/>
    public override int MissingCount => ticks.AsSpan().Count(long.MinValue);

    /// <inheritdoc/>
    public override bool IsMissing(int row) => ticks[row] == long.MinValue;

    /// <summary><c>2023-11-16</c> in a column of days, else <c>2023-11-16T18:17:03.97996Z</c>.</summary>
    public override string? Text(int row) =>
        IsMissing(row) ? null : new DateTime(ticks[row], DateTimeKind.Utc).ToString(DaysOnly ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override double Number(int row) => IsMissing(row) ? double.NaN : (double)(ticks[row] - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay;

    /// <inheritdoc/>
    public override void CopyNumbers(int start, Span<double> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(start + i);
        }
    }

    /// <inheritdoc/>
    public override DateColumn Select(ReadOnlySpan<int> rows) => new(Name, Picked.From(ticks, rows)) { Reason = Reason };
}
