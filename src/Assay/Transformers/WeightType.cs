namespace Assay.Transformers;

/// <summary>How the numbers of a weight tensor are stored, little-endian.</summary>
public enum WeightType
{
    /// <summary>IEEE single, 4 bytes.</summary>
    F32,

    /// <summary>IEEE half, 2 bytes.</summary>
    F16,

    /// <summary>The upper half of an IEEE single, 2 bytes.</summary>
    BF16,
}
