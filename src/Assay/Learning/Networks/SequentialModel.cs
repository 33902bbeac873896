namespace Assay.Learning.Networks;

// A trained network as the pipelines see it.
sealed class SequentialModel(Sequential network, TargetShape shape, History history) : FittedModel
{
    public override int Inputs => network.Inputs;

    public override TargetShape Shape => shape;

    public override int ParameterCount => network.ParameterCount;

    public override History History => history;

    internal override IReadOnlyList<NamedTensor> Tensors =>
    [
        .. network.Weights.SelectMany((layer, i) => new NamedTensor[]
        {
            new($"{i}.kernel", [layer.Kernel.Length / layer.Bias.Length, layer.Bias.Length], [.. layer.Kernel]),
            new($"{i}.bias", [layer.Bias.Length], [.. layer.Bias]),
        }),
    ];

    public override float[] Predict(ReadOnlySpan<float> features, CancellationToken cancellationToken = default)
    {
        var outputs = network.Predict(features, cancellationToken);
        return network.Outputs > 1 || shape.Kind == TargetKind.Numbers ? outputs : [.. outputs.SelectMany(p => new[] { 1 - p, p })];
    }
}
