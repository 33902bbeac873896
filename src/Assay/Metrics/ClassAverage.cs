namespace Assay.Metrics;

/// <summary>How the values of classes or labels become one.</summary>
public enum ClassAverage
{
    /// <summary>The plain mean.</summary>
    Macro,

    /// <summary>The mean weighted by the rows of each class in the truth.</summary>
    Weighted,

    /// <summary>The metric of all classes' hits and errors, or rankings, taken together.</summary>
    Micro,
}
