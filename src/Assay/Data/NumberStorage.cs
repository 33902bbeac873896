namespace Assay.Data;

/// <summary>How a <see cref="NumericColumn"/> keeps its numbers.</summary>
public enum NumberStorage
{
    /// <summary>8 bytes; missing is NaN.</summary>
    Float64,

    /// <summary>4 bytes, about 7 digits; missing is NaN.</summary>
    Float32,

    /// <summary>8 bytes, exact beyond ±2^53; missing is <see cref="long.MinValue"/>.</summary>
    Int64,
}
