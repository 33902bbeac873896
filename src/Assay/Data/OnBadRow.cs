namespace Assay.Data;

/// <summary>What becomes of a row that does not fit: too few or too many cells, a cell that is not of its given type, a misplaced quote.</summary>
public enum OnBadRow
{
    /// <summary>The reading ends with a <see cref="UserErrorException"/> that names the line.</summary>
    Fail,

    /// <summary>It is kept out, counted, and named in <see cref="ReadNotes"/>.</summary>
    Skip,

    /// <summary>As <see cref="Skip"/>, but a row with too few cells is kept and the absent ones are missing.</summary>
    Fill,
}
