namespace Assay.Data;

/// <summary>How a table is written down.</summary>
public enum TableFormat
{
    /// <summary>Delimited text: comma, semicolon, tab or |.</summary>
    Csv,

    /// <summary>JSON objects: one per line, in an array, or in an array within one object.</summary>
    Json,
}
