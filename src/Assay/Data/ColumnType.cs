namespace Assay.Data;

/// <summary>What a reader is told that a column holds.</summary>
public enum ColumnType
{
    /// <summary>Finite numbers, rounded to float32.</summary>
    Float32,

    /// <summary>Finite numbers.</summary>
    Float64,

    /// <summary>Whole numbers, exact beyond ±2^53; also takes 3.0.</summary>
    Int64,

    /// <summary>true and false in any case, 0 and 1.</summary>
    Boolean,

    /// <summary>ISO 8601 dates and times with up to seven digits of a second; without a zone they are UTC.</summary>
    Date,

    /// <summary>Texts of a set.</summary>
    Category,

    /// <summary>Free text.</summary>
    Text,
}
