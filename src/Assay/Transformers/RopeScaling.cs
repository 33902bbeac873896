namespace Assay.Transformers;

/// <summary>How a model's rotary frequencies are changed for a context longer than the one it was first trained on.</summary>
public abstract record RopeScaling
{
    /// <summary>The frequency to use in place of this one (radians per position).</summary>
    public abstract double Scale(double frequency);
}

/// <summary>Positions divided by <see cref="Factor"/> (Chen et al. 2023).</summary>
public sealed record LinearRopeScaling : RopeScaling
{
    /// <summary>Above 0; usually the new context over the old one.</summary>
    public required double Factor { get; init; }

    /// <inheritdoc/>
    public override double Scale(double frequency) => frequency / Factor;
}

/// <summary>Llama 3.1's: long waves are divided by <see cref="Factor"/>, short ones stay, those between are blended.</summary>
/// <remarks>As <c>_compute_llama3_parameters</c> of transformers' modeling_rope_utils.py.</remarks>
public sealed record Llama3RopeScaling : RopeScaling
{
    /// <summary>Above 0.</summary>
    public required double Factor { get; init; }

    /// <summary>Waves longer than <see cref="OriginalPositions"/> over this are divided.</summary>
    public required double LowFrequencyFactor { get; init; }

    /// <summary>Waves shorter than <see cref="OriginalPositions"/> over this stay; above <see cref="LowFrequencyFactor"/>.</summary>
    public required double HighFrequencyFactor { get; init; }

    /// <summary>The context it was first trained on, in tokens.</summary>
    public required int OriginalPositions { get; init; }

    /// <inheritdoc/>
    public override double Scale(double frequency)
    {
        var turns = OriginalPositions * frequency / (2 * Math.PI);
        if (turns < LowFrequencyFactor)
        {
            return frequency / Factor;
        }

        if (turns > HighFrequencyFactor)
        {
            return frequency;
        }

        var blend = (turns - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return ((1 - blend) * frequency / Factor) + (blend * frequency);
    }
}
