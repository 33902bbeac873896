namespace Assay.Data;

/// <summary>Dates as the numbers of their parts.</summary>
static class DatePartValues
{
    /// <summary>How the part is called in a spec and in the name of its feature.</summary>
    public static string NameOf(DatePart part) =>
        part == DatePart.DayOfWeek ? "day_of_week" : part == DatePart.DayOfYear ? "day_of_year" : part.ToString().ToLowerInvariant();

    public static int Of(DatePart part, DateTime time) => part switch
    {
        DatePart.Year => time.Year,
        DatePart.Quarter => ((time.Month - 1) / 3) + 1,
        DatePart.Month => time.Month,
        DatePart.Day => time.Day,
        DatePart.DayOfWeek => ((int)time.DayOfWeek + 6) % 7,
        DatePart.DayOfYear => time.DayOfYear,
        DatePart.Hour => time.Hour,
        DatePart.Minute => time.Minute,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>One feature per part. A missing date is refused: nothing fills a date.</summary>
    public static void Write(DateColumn column, ReadOnlySpan<DatePart> parts, Span<float> values, int offset, int stride)
    {
        for (var row = 0; row < column.Length; row++)
        {
            if (column.IsMissing(row))
            {
                throw new UserErrorException($"Row {row + 1}: column '{column.Name}' has no date. A model takes numbers. In 'prepare', add {{drop_missing: [{column.Name}]}}, or exclude the column.");
            }

            var time = new DateTime(column.Ticks[row], DateTimeKind.Utc);
            for (var i = 0; i < parts.Length; i++)
            {
                values[(row * stride) + offset + i] = Of(parts[i], time);
            }
        }
    }
}
