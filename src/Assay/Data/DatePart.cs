using System.Text.Json.Serialization;

namespace Assay.Data;

/// <summary>A number taken from a point in time, in UTC.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatePart>))]
public enum DatePart
{
    /// <summary>Such as 2026.</summary>
    Year,

    /// <summary>1 to 4.</summary>
    Quarter,

    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>Of the month, 1 to 31.</summary>
    Day,

    /// <summary>Monday is 0, Sunday 6, as in pandas.</summary>
    DayOfWeek,

    /// <summary>1 to 366.</summary>
    DayOfYear,

    /// <summary>0 to 23.</summary>
    Hour,

    /// <summary>0 to 59.</summary>
    Minute,
}
