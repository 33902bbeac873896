using System.Collections.Immutable;
using System.Numerics;
using System.Numerics.Tensors;
using Assay.Learning.Networks;

namespace Assay.Learning.Linear;

/// <summary>A linear, ridge, logistic or softmax regression.</summary>
public sealed class FittedLinear : FittedModel
{
    const int RowsBetweenLooks = 4096;

    readonly int _inputs;
    readonly TargetShape _shape;

    // Each number is the sum of two float32: saved in the model file, they give the same bits again.
    internal FittedLinear(int inputs, TargetShape shape, double[] coefficients, double[] intercepts)
    {
        _inputs = inputs;
        _shape = shape;
        Coefficients = [.. coefficients.Select(Rounded)];
        Intercepts = [.. intercepts.Select(Rounded)];
    }

    /// <inheritdoc/>
    public override int Inputs => _inputs;

    /// <inheritdoc/>
    public override TargetShape Shape => _shape;

    /// <inheritdoc/>
    public override int ParameterCount => Coefficients.Length + Intercepts.Length;

    /// <summary>No epochs; <see cref="History.StoppedBecause"/> says why the solver ended before it had converged.</summary>
    public override History History => new([]) { StoppedBecause = Solver is { Converged: false } ? Note : null };

    /// <summary>Element <c>score * Inputs + feature</c>: one score per number, one for two classes (the second's log odds), else one per class.</summary>
    public ImmutableArray<double> Coefficients { get; }

    /// <summary>One per score; -∞ for a class that no training row had, whose probability is 0.</summary>
    public ImmutableArray<double> Intercepts { get; }

    /// <summary>How the iterations went; null for a direct solution and for a model read from a file.</summary>
    public SolverSummary? Solver { get; internal init; }

    /// <summary>What a reader of the coefficients must know: collinear columns, separable classes, one class only; null when nothing, and for a model read from a file.</summary>
    public string? Note { get; internal init; }

    internal override IReadOnlyList<NamedTensor> Tensors =>
    [
        Tensor("kernel", [Intercepts.Length, Inputs], Coefficients, High),
        Tensor("kernel_rest", [Intercepts.Length, Inputs], Coefficients, Low),
        Tensor("bias", [Intercepts.Length], Intercepts, High),
        Tensor("bias_rest", [Intercepts.Length], Intercepts, Low),
    ];

    /// <inheritdoc/>
    public override float[] Predict(ReadOnlySpan<float> features, CancellationToken cancellationToken = default)
    {
        var rows = features.Length / Inputs;
        var answers = GC.AllocateUninitializedArray<float>(rows * Shape.Outputs);
        var coefficients = Coefficients.AsSpan();
        var intercepts = Intercepts.AsSpan();
        var scores = new double[intercepts.Length];
        for (var row = 0; row < rows; row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var cells = features.Slice(row * Inputs, Inputs);
            for (var score = 0; score < scores.Length; score++)
            {
                scores[score] = intercepts[score] + Dot(cells, coefficients.Slice(score * Inputs, Inputs));
            }

            Answer(scores, answers.AsSpan(row * Shape.Outputs, Shape.Outputs));
        }

        return answers;
    }

    internal static FittedLinear Restore(int inputs, TargetShape shape, IReadOnlyDictionary<string, NamedTensor> tensors)
    {
        var scores = shape is { Kind: TargetKind.Classes, Outputs: 2 } && tensors.TryGetValue("bias", out var bias) ? bias.Values.Length : shape.Outputs;
        return new FittedLinear(inputs, shape, Sum("kernel", scores, inputs), Sum("bias", scores));

        double[] Sum(string name, params int[] wanted)
        {
            var (high, rest) = (Values(name, wanted), Values(name + "_rest", wanted));
            return [.. high.Zip(rest, (a, b) => (double)a + b)];
        }

        float[] Values(string name, int[] wanted)
        {
            return tensors.TryGetValue(name, out var tensor) && tensor.Shape.SequenceEqual(wanted)
                ? tensor.Values
                : throw new FormatException($"tensor '{name}' is absent or does not have the shape of a linear model with {inputs} features and {shape.Outputs} outputs");
        }
    }

    void Answer(Span<double> scores, Span<float> answers)
    {
        if (Shape.Kind == TargetKind.Classes && scores.Length == 1)
        {
            // Not 1 - p: the smaller of the two keeps its digits.
            answers[0] = (float)(1 / (1 + Math.Exp(scores[0])));
            answers[1] = (float)(1 / (1 + Math.Exp(-scores[0])));
            return;
        }

        if (Shape.Kind == TargetKind.Classes)
        {
            Softmax(scores);
        }

        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = (float)scores[i];
        }
    }

    internal static void Softmax(Span<double> scores)
    {
        var most = TensorPrimitives.Max(scores);
        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - most);
            sum += score;
        }

        TensorPrimitives.Divide(scores, sum, scores);
    }

    static double Dot(ReadOnlySpan<float> features, ReadOnlySpan<double> coefficients)
    {
        var (sums, others) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= features.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(features[i..]), out var low, out var high);
            sums += low * new Vector<double>(coefficients[i..]);
            others += high * new Vector<double>(coefficients[(i + Vector<double>.Count)..]);
        }

        var sum = Vector.Sum(sums + others);
        for (; i < features.Length; i++)
        {
            sum += features[i] * coefficients[i];
        }

        return sum;
    }

    static NamedTensor Tensor(string name, int[] shape, ImmutableArray<double> values, Func<double, float> part) => new(name, shape, [.. values.Select(part)]);

    static double Rounded(double value) => (double)High(value) + Low(value);

    static float High(double value) => (float)value;

    static float Low(double value) => double.IsFinite(value) ? (float)(value - (float)value) : 0;
}
