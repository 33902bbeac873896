namespace Assay.Learning.Tuning;

/// <summary>Which values a part of a model's options takes.</summary>
public enum ParameterKind
{
    /// <summary>Numbers above 0.</summary>
    Positive,

    /// <summary>Whole numbers from 1.</summary>
    Whole,

    /// <summary>Numbers from 0.</summary>
    NonNegative,

    /// <summary>Numbers from 0, below 1.</summary>
    Share,

    /// <summary>One of some names.</summary>
    Name,
}
