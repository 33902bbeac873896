using System.Collections.Immutable;
using Assay.Learning.Networks;

namespace Assay.Learning.Baselines;

/// <summary>The same answer for every row.</summary>
public sealed class FittedBaseline : FittedModel
{
    const string Tensor = "answer";

    readonly int _inputs;
    readonly TargetShape _shape;

    internal FittedBaseline(int inputs, TargetShape shape, float[] answer)
    {
        (_inputs, _shape, Answer) = (inputs, shape, [.. answer]);
    }

    /// <inheritdoc/>
    public override int Inputs => _inputs;

    /// <inheritdoc/>
    public override TargetShape Shape => _shape;

    /// <inheritdoc/>
    public override int ParameterCount => Answer.Length;

    /// <summary>No epochs.</summary>
    public override History History => new([]);

    /// <summary>One per output.</summary>
    public ImmutableArray<float> Answer { get; }

    internal override IReadOnlyList<NamedTensor> Tensors => [new(Tensor, [Answer.Length], [.. Answer])];

    /// <inheritdoc/>
    public override float[] Predict(ReadOnlySpan<float> features, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answers = new float[features.Length / Inputs * Answer.Length];
        for (var at = 0; at < answers.Length; at += Answer.Length)
        {
            Answer.CopyTo(answers, at);
        }

        return answers;
    }

    internal static FittedBaseline Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors) =>
        tensors.TryGetValue(Tensor, out var tensor) && tensor.Values.Length == shape.Outputs
            ? new FittedBaseline(inputs, shape, tensor.Values)
            : throw new FormatException($"tensor '{Tensor}' is absent or does not have {shape.Outputs} numbers");
}
