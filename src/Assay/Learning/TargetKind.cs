namespace Assay.Learning;

/// <summary>What is predicted.</summary>
public enum TargetKind
{
    /// <summary>One of two or more classes.</summary>
    Classes,

    /// <summary>One or more numbers.</summary>
    Numbers,
}
