namespace Assay.Comparing;

/// <summary>What a comparison of two runs says of one metric.</summary>
public enum ComparisonVerdict
{
    /// <summary>The interval of the difference lies on the good side of zero, and the corrected test agrees.</summary>
    Better,

    /// <summary>The same on the bad side.</summary>
    Worse,

    /// <summary>The interval of the difference lies within the margin.</summary>
    Equivalent,

    /// <summary>Neither: more samples would decide.</summary>
    Undecided,
}
