using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>How a gradient changes the weights.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(Sgd), "sgd")]
public abstract record OptimizerOptions
{
    private protected OptimizerOptions(double learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>Step size, above 0.</summary>
    public double LearningRate { get; init; }

    /// <summary>Numbers it remembers per weight.</summary>
    public abstract int StatePerWeight { get; }

    /// <summary>Changes the weights, and the state, by one gradient.</summary>
    /// <param name="weights">Changed in place.</param>
    /// <param name="gradient">One per weight.</param>
    /// <param name="state"><see cref="StatePerWeight"/> times as long as the weights; zeros before the first step.</param>
    /// <param name="step">From 1.</param>
    public abstract void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step);

    /// <summary>What is wrong with the numbers, one sentence each.</summary>
    public abstract IEnumerable<string> Problems();

    private protected static string? ShareProblem(string name, double value) => value is >= 0 and < 1
        ? null
        : FormattableString.Invariant($"{name} is {value}. It must be at least 0 and below 1. Give such a number, or leave it out.");

    private protected string? LearningRateProblem() => double.IsFinite(LearningRate) && LearningRate > 0
        ? null
        : FormattableString.Invariant($"learning_rate is {LearningRate}. It must be a number above 0. Give one, 0.001 say.");

    private protected void CheckLengths(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<float> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, weights.Length, nameof(gradient));
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, weights.Length * StatePerWeight, nameof(state));
    }
}
