using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>How a gradient changes the weights. Defaults and formulas are Keras 3's (keras/src/optimizers).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Adam), "adam")]
[JsonDerivedType(typeof(AdamW), "adamw")]
[JsonDerivedType(typeof(Sgd), "sgd")]
[JsonDerivedType(typeof(RmsProp), "rmsprop")]
[JsonDerivedType(typeof(Adagrad), "adagrad")]
public abstract record OptimizerOptions
{
    private protected OptimizerOptions(double learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>Step size, above 0; where a schedule starts from.</summary>
    public double LearningRate { get; init; }

    /// <summary>How the step size goes on; null: constant.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The gradient of each kernel, bias, gamma ... is scaled down to this Euclidean norm; null: not. One way of clipping at most.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Each number of the gradient is cut to plus or minus this; null: not.</summary>
    public double? ClipValue { get; init; }

    /// <summary>The gradient of all weights together is scaled down to this Euclidean norm; null: not.</summary>
    public double? GlobalClipNorm { get; init; }

    /// <summary>Numbers it remembers per weight.</summary>
    [JsonIgnore]
    public abstract int StatePerWeight { get; }

    /// <summary>Changes the weights, and the state, by one gradient, which has been clipped already.</summary>
    /// <param name="weights">Changed in place.</param>
    /// <param name="gradient">One per weight.</param>
    /// <param name="state"><see cref="StatePerWeight"/> times as long as the weights; zeros before the first step.</param>
    /// <param name="step">From 1.</param>
    public abstract void Step(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> state, long step);

    /// <summary>What is wrong with the numbers, one sentence each.</summary>
    public IEnumerable<string> Problems() => [.. OwnProblems().OfType<string>(), .. ClipProblems(), .. Schedule?.Problems(LearningRate) ?? []];

    /// <summary>The step size of a step, by the schedule.</summary>
    /// <param name="step">From 1.</param>
    public double RateAt(long step) => Schedule is null ? LearningRate : Schedule.RateAt(LearningRate, step - 1);

    private protected abstract IEnumerable<string?> OwnProblems();

    private protected static string? ShareProblem(string name, double value) => value is >= 0 and < 1
        ? null
        : FormattableString.Invariant($"{name} is {value}. It must be at least 0 and below 1. Give such a number, or leave it out.");

    private protected static string? EpsilonProblem(double epsilon) => double.IsFinite(epsilon) && epsilon > 0
        ? null
        : FormattableString.Invariant($"epsilon is {epsilon}. It must be a number above 0. Leave it out for 1e-7.");

    // A warm-up may begin at 0.
    private protected string? LearningRateProblem() => double.IsFinite(LearningRate) && (LearningRate > 0 || (LearningRate == 0 && Schedule is CosineDecay { WarmupTarget: not null }))
        ? null
        : FormattableString.Invariant($"learning_rate is {LearningRate}. It must be a number above 0. Give one, 0.001 say.");

    private protected void CheckLengths(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<float> state)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, weights.Length, nameof(gradient));
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, weights.Length * StatePerWeight, nameof(state));
    }

    IEnumerable<string> ClipProblems()
    {
        (string Name, double? Value)[] clips = [("clipnorm", ClipNorm), ("clipvalue", ClipValue), ("global_clipnorm", GlobalClipNorm)];
        var given = clips.Where(clip => clip.Value is not null).ToArray();
        foreach (var (name, value) in given.Where(clip => !(clip.Value > 0)))
        {
            yield return FormattableString.Invariant($"{name} is {value}. It must be a number above 0. Give one, 1 say, or leave it out.");
        }

        if (given.Length > 1)
        {
            yield return $"{string.Join(" and ", given.Select(clip => clip.Name))} are both given. Gradients are clipped in one way. Choose one.";
        }
    }
}
