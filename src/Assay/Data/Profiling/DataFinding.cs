namespace Assay.Data.Profiling;

/// <summary>How much a finding matters.</summary>
public enum Weight
{
    /// <summary>The evaluation would be wrong.</summary>
    Leak,

    /// <summary>Values that are probably not what they say.</summary>
    Suspicious,

    /// <summary>To know before preparing the data.</summary>
    Notice,
}

/// <summary>Something that a careful person would want to know of a table.</summary>
/// <param name="Weight">How much it matters.</param>
/// <param name="Kind">What was found: <c>suspicious_zeros</c>, <c>duplicate_rows</c>, ...; one of docs/profile.md.</param>
/// <param name="Column">The column, or null for the table.</param>
/// <param name="Message">Found, and what to do.</param>
/// <param name="Count">Rows concerned, or null.</param>
public sealed record DataFinding(Weight Weight, string Kind, string? Column, string Message, long? Count = null);
