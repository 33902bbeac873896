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

    /// <summary>Points in time.</summary>
    Date,

    /// <summary>Free text: mostly a text of its own per row.</summary>
    Text,
}
