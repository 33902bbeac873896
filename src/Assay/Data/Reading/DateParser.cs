namespace Assay.Data.Reading;

/// <summary>ISO 8601 dates and times: <c>2023-11-16</c>, <c>2023-11-16 18:17:03.9799600</c>, <c>2023-11-16T18:17Z</c>, <c>...+08:00</c>.</summary>
static class DateParser
{
    const int Digits = 7; // of a second, in ticks

    public static bool TryParse(ReadOnlySpan<byte> cell, out long ticks)
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
