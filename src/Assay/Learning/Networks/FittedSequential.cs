namespace Assay.Learning.Networks;

/// <summary>A trained network as every other model: two probabilities for one sigmoid unit, and probabilities where the network gives logits.</summary>
public sealed class FittedSequential : FittedModel
{
    readonly bool _ofLogits;

    internal FittedSequential(Sequential network, TargetShape shape, History history)
    {
        (Network, Shape, History) = (network, shape, history);
        _ofLogits = network.Options.Loss.OfLogits;
    }

    /// <summary>The network itself, for its own outputs and weights.</summary>
    public Sequential Network { get; }

    /// <inheritdoc/>
    public override int Inputs => Network.Inputs;

    /// <inheritdoc/>
    public override TargetShape Shape { get; }

    /// <inheritdoc/>
    public override int ParameterCount => Network.ParameterCount;

    /// <inheritdoc/>
    public override History History { get; }

    internal override IReadOnlyList<NamedTensor> Tensors => Network.Weights;

    /// <inheritdoc/>
    public override float[] Predict(ReadOnlySpan<float> features, CancellationToken cancellationToken = default)
    {
        var outputs = Network.Predict(features, cancellationToken);
        if (_ofLogits)
        {
            ToProbabilities(outputs);
        }

        return Network.Outputs == Shape.Outputs ? outputs : BothClasses(outputs);
    }

    void ToProbabilities(float[] logits)
    {
        for (var start = 0; start < logits.Length; start += Network.Outputs)
        {
            var row = logits.AsSpan(start, Network.Outputs);
            Activations.Apply(Network.Options.Loss.Family == LossFamily.Categorical ? Activation.Softmax : Activation.Sigmoid, row, row);
        }
    }

    static float[] BothClasses(float[] second)
    {
        var both = new float[2 * second.Length];
        for (var row = 0; row < second.Length; row++)
        {
            both[2 * row] = 1 - second[row];
            both[(2 * row) + 1] = second[row];
        }

        return both;
    }
}
