namespace Assay.Data.Reading;

/// <summary>What cells of a column were seen to be.</summary>
[Flags]
enum CellKinds
{
    None = 0,
    Integer = 1,
    BigInteger = 2, // beyond ±2^53, within int64
    Real = 4,
    Boolean = 8,
    Date = 16,
    Text = 32,
    DayFirst = 64, // 31/12/2024, 31.12.2024
    MonthFirst = 128, // 12/31/2024
    AnyOrder = 256, // 03/04/2024
    Numbers = Integer | BigInteger | Real,
    Slashed = DayFirst | MonthFirst | AnyOrder,
    Dates = Date | Slashed,
}
