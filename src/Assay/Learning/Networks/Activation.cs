namespace Assay.Learning.Networks;

/// <summary>What a layer does to its weighted sums; formulas and constants are Keras 3's (keras/src/activations/activations.py).</summary>
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

    /// <summary><c>z</c> above 0, else <c>0.2 z</c>.</summary>
    LeakyRelu,

    /// <summary><c>z</c> above 0, else <c>exp(z) - 1</c>.</summary>
    Elu,

    /// <summary><c>1.05070098 z</c> above 0, else <c>1.05070098 * 1.67326324 (exp(z) - 1)</c>. Meant for lecun_normal kernels.</summary>
    Selu,

    /// <summary><c>z Phi(z)</c>, Phi the normal distribution: Keras' default, by the error function.</summary>
    Gelu,

    /// <summary>The approximation <c>z / 2 (1 + tanh(sqrt(2 / pi) (z + 0.044715 z^3)))</c>.</summary>
    GeluTanh,

    /// <summary><c>z / (1 + exp(-z))</c>, also called swish.</summary>
    Silu,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary><c>ln(1 + exp(z))</c>: positive outputs, for the Poisson loss say.</summary>
    Softplus,
}
