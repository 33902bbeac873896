namespace Assay.Learning.Networks;

/// <summary>Where Adam adds its epsilon.</summary>
public enum EpsilonPlacement
{
    /// <summary><c>w -= rate * sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon)</c>: the 'epsilon hat' of the paper, before section 2.1.</summary>
    Keras,

    /// <summary><c>w -= rate / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + epsilon)</c>, usually with an epsilon of 1e-8.</summary>
    PyTorch,
}
