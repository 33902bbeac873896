namespace Assay.Learning.Tuning;

/// <summary>Which values are better.</summary>
public enum Direction
{
    /// <summary>Less is better.</summary>
    Minimise,

    /// <summary>More is better.</summary>
    Maximise,
}
