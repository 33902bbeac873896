namespace Assay.Data;

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>Real numbers.</summary>
    Number,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Truth values, 0 and 1.</summary>
    Boolean,

    /// <summary>One of a set of texts.</summary>
    Category,
}
