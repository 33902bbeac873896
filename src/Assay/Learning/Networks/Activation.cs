namespace Assay.Learning.Networks;

/// <summary>What a layer does to its weighted sums.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    Linear,

    /// <summary><c>max(z, 0)</c>.</summary>
    Relu,

    /// <summary><c>1 / (1 + exp(-z))</c>.</summary>
    Sigmoid,

    /// <summary><c>exp(z_c) / sum exp(z)</c> over the units of a row.</summary>
    Softmax,
}
