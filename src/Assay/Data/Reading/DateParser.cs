namespace Assay.Data.Reading;

/// <summary>
/// ISO 8601 dates and times: <c>2023-11-16</c>, <c>2023-11-16 18:17:03.9799600</c>, <c>2023-11-16T18:17Z</c>, <c>...+08:00</c>; and dates with
/// the year last: <c>12/31/2024</c>, <c>31.12.2024 18:17</c>, <c>31-12-2024</c>.
/// </summary>
static class DateParser
{
    const int Digits = 7; // of a second, in ticks

    /// <summary>Which kind of date it is; None: it is none.</summary>
    public static CellKinds Parse(ReadOnlySpan<byte> cell, out long ticks) => TryIso(cell, out ticks) ? CellKinds.Date : ParseYearLast(cell, out ticks);

    // With the month first where both ways are possible: see DateOrder.
    static CellKinds ParseYearLast(ReadOnlySpan<byte> cell, out long ticks)
    {
        ticks = long.MinValue;
        if (cell.Length < 8 || cell[0] is < (byte)'0' or > (byte)'9')
        {
            return CellKinds.None;
        }

        var end = cell[1] is >= (byte)'0' and <= (byte)'9' ? 2 : 1;
        var separator = cell[end];
        var second = end + (cell[end + 2] == separator ? 3 : 4);
        if (separator is not ((byte)'/' or (byte)'.' or (byte)'-') || second + 4 > cell.Length || cell[second - 1] != separator
            || !TryDigits(cell, 0, end, out var a) || !TryDigits(cell, end + 1, second - end - 2, out var b) || !TryDigits(cell, second, 4, out var year) || year < 1)
        {
            return CellKinds.None;
        }

        var (dayFirst, monthFirst) = (IsDay(year, b, a), IsDay(year, a, b));
        if (!dayFirst && (!monthFirst || separator == '.'))
        {
            return CellKinds.None;
        }

        var date = monthFirst ? new DateTime(year, a, b) : new DateTime(year, b, a);
        var at = date.Ticks;
        if (cell.Length > second + 4 && (cell[second + 4] is not ((byte)' ' or (byte)'T') || !TryTime(cell[(second + 5)..], ref at) || new DateTime(at).Date != date))
        {
            return CellKinds.None;
        }

        ticks = at;
        return separator == '.' || !monthFirst ? CellKinds.DayFirst : dayFirst ? CellKinds.AnyOrder : CellKinds.MonthFirst;
    }

    static bool IsDay(int year, int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    static bool TryIso(ReadOnlySpan<byte> cell, out long ticks)
    {
        ticks = 0;
        if (cell.Length < 10 || cell[4] is not ((byte)'-' or (byte)'/') || cell[7] != cell[4]
            || !TryDigits(cell, 0, 4, out var year) || !TryDigits(cell, 5, 2, out var month) || !TryDigits(cell, 8, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return cell.Length == 10 || (cell[10] is (byte)' ' or (byte)'T' && TryTime(cell[11..], ref ticks));
    }

    static bool TryTime(ReadOnlySpan<byte> time, ref long ticks)
    {
        if (time.Length < 5 || time[2] != ':' || !TryDigits(time, 0, 2, out var hour) || !TryDigits(time, 3, 2, out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        time = time[5..];
        if (time.Length >= 3 && time[0] == ':' && TryDigits(time, 1, 2, out var second) && second <= 59)
        {
            ticks += second * TimeSpan.TicksPerSecond;
            time = time[3..];
            if (time.Length >= 2 && time[0] == '.' && !TryFraction(ref time, ref ticks))
            {
                return false;
            }
        }

        return TryZone(time, ref ticks);
    }

    // More than seven digits are taken only when nothing is lost.
    static bool TryFraction(ref ReadOnlySpan<byte> time, ref long ticks)
    {
        var i = 1;
        var scale = TimeSpan.TicksPerSecond;
        for (; i < time.Length && time[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            if (i > Digits && time[i] != '0')
            {
                return false;
            }

            scale /= 10;
            ticks += (time[i] - '0') * scale;
        }

        time = time[i..];
        return i > 1;
    }

    static bool TryZone(ReadOnlySpan<byte> zone, ref long ticks)
    {
        if (zone.IsEmpty || zone.SequenceEqual("Z"u8))
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':' || !TryDigits(zone, 1, 2, out var hour) || !TryDigits(zone, 4, 2, out var minute))
        {
            return false;
        }

        var offset = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        ticks += zone[0] == '-' ? offset : -offset;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    static bool TryDigits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        foreach (var letter in text.Slice(start, count))
        {
            if (letter is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + letter - '0';
        }

        return true;
    }
}
