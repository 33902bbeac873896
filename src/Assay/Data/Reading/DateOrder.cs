namespace Assay.Data.Reading;

/// <summary>
/// Dates that begin with the day or the month. A cell such as 03/04/2024 does not tell which, another one of its column may: until all are
/// seen, what can be read both ways is kept with the month first.
/// </summary>
static class DateOrder
{
    /// <summary>What a reason says where nothing told.</summary>
    public const string Unknown = "nothing tells the day from the month";

    /// <summary>Whether cells of these kinds, and no others, are dates of one form.</summary>
    public static bool IsOne(CellKinds seen) => seen == CellKinds.Date || (seen != CellKinds.None && (seen & ~CellKinds.Slashed) == 0 && !IsContradictory(seen));

    /// <summary>Some cell can only have the day first and another only the month; or ISO dates stand among others, and are not to be turned round.</summary>
    public static bool IsContradictory(CellKinds seen) =>
        (seen & (CellKinds.DayFirst | CellKinds.MonthFirst)) == (CellKinds.DayFirst | CellKinds.MonthFirst)
        || (seen.HasFlag(CellKinds.Date) && (seen & CellKinds.Slashed) != 0);

    public static string Describe(CellKinds seen) =>
        seen.HasFlag(CellKinds.DayFirst) ? ", the day before the month, as dots or a first number above 12 show"
        : seen.HasFlag(CellKinds.MonthFirst) ? ", the month before the day, as a second number above 12 shows"
        : seen.HasFlag(CellKinds.AnyOrder) ? $", read as month/day/year: {Unknown}"
        : "";

    /// <summary>Turns round what was kept with the month first, where the column has the day first.</summary>
    public static void Settle(CellKinds seen, Span<long> ticks)
    {
        if (!seen.HasFlag(CellKinds.DayFirst))
        {
            return;
        }

        foreach (ref var each in ticks)
        {
            if (each != long.MinValue && new DateTime(each) is { Day: <= 12 } date)
            {
                each = new DateTime(date.Year, date.Day, date.Month).Ticks + date.TimeOfDay.Ticks;
            }
        }
    }
}
