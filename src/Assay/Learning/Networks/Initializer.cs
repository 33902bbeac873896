using System.Text.Json.Serialization;

namespace Assay.Learning.Networks;

/// <summary>The first values of a weight, as Keras defines them (keras/src/initializers/random_initializers.py).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VarianceScaling), "variance_scaling")]
[JsonDerivedType(typeof(RandomUniform), "random_uniform")]
[JsonDerivedType(typeof(RandomNormal), "random_normal")]
[JsonDerivedType(typeof(TruncatedNormal), "truncated_normal")]
[JsonDerivedType(typeof(Constant), "constant")]
public abstract record Initializer
{
    private protected Initializer()
    {
    }

    /// <summary>Uniform within <c>sqrt(6 / (fan in + fan out))</c> (Glorot and Bengio, 2010).</summary>
    public static Initializer GlorotUniform { get; } = new VarianceScaling(1, Fan.Average, Uniform: true);

    /// <summary>Truncated normal of variance <c>2 / (fan in + fan out)</c>.</summary>
    public static Initializer GlorotNormal { get; } = new VarianceScaling(1, Fan.Average, Uniform: false);

    /// <summary>Uniform within <c>sqrt(6 / fan in)</c> (He et al., 2015): for relu.</summary>
    public static Initializer HeUniform { get; } = new VarianceScaling(2, Fan.In, Uniform: true);

    /// <summary>Truncated normal of variance <c>2 / fan in</c>.</summary>
    public static Initializer HeNormal { get; } = new VarianceScaling(2, Fan.In, Uniform: false);

    /// <summary>Uniform within <c>sqrt(3 / fan in)</c>.</summary>
    public static Initializer LecunUniform { get; } = new VarianceScaling(1, Fan.In, Uniform: true);

    /// <summary>Truncated normal of variance <c>1 / fan in</c>: for selu.</summary>
    public static Initializer LecunNormal { get; } = new VarianceScaling(1, Fan.In, Uniform: false);

    /// <summary>All 0.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>All 1.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    internal abstract float Draw(SeededRandom random, int fanIn, int fanOut);

    internal virtual IEnumerable<string> Problems() => [];

    // Normal draws beyond two deviations are drawn again.
    private protected static double Truncated(SeededRandom random)
    {
        double x;
        do
        {
            x = random.NextNormal();
        }
        while (Math.Abs(x) > 2);

        return x;
    }

    private protected static IEnumerable<string> SpreadProblems(string name, double value) => double.IsFinite(value) && value >= 0
        ? []
        : [FormattableString.Invariant($"has an initializer whose {name} is {value}. It must be 0 or more. Give such a number, 0.05 say.")];
}

/// <summary>What the variance is divided by.</summary>
public enum Fan
{
    /// <summary>Inputs of the layer.</summary>
    In,

    /// <summary>Outputs of the layer.</summary>
    Out,

    /// <summary>Mean of both.</summary>
    Average,
}

/// <summary>Variance <c>scale / fan</c>: uniform, or normal truncated at two deviations whose deviation is then divided by 0.87962566 to make up for the cut.</summary>
/// <param name="Scale">Above 0.</param>
/// <param name="Mode">The fan.</param>
/// <param name="Uniform">Else truncated normal.</param>
public sealed record VarianceScaling(double Scale, Fan Mode, bool Uniform) : Initializer
{
    // Deviation of a standard normal cut at -2 and 2.
    const double CutDeviation = 0.87962566103423978;

    internal override float Draw(SeededRandom random, int fanIn, int fanOut)
    {
        var fan = Mode switch { Fan.In => fanIn, Fan.Out => fanOut, Fan.Average or _ => (fanIn + fanOut) / 2.0 };
        var variance = Scale / Math.Max(1, fan);
        return Uniform
            ? (float)(((2 * random.NextDouble()) - 1) * Math.Sqrt(3 * variance))
            : (float)(Truncated(random) * Math.Sqrt(variance) / CutDeviation);
    }

    internal override IEnumerable<string> Problems() => SpreadProblems("scale", Scale);
}

/// <summary>Uniform from low to high.</summary>
/// <param name="Low">Keras' minval.</param>
/// <param name="High">Keras' maxval.</param>
public sealed record RandomUniform(double Low = -0.05, double High = 0.05) : Initializer
{
    internal override float Draw(SeededRandom random, int fanIn, int fanOut) => (float)(Low + ((High - Low) * random.NextDouble()));

    internal override IEnumerable<string> Problems() => SpreadProblems("maxval less its minval", High - Low);
}

/// <summary>Normal.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardDeviation">Keras' stddev.</param>
public sealed record RandomNormal(double Mean = 0, double StandardDeviation = 0.05) : Initializer
{
    internal override float Draw(SeededRandom random, int fanIn, int fanOut) => (float)(Mean + (StandardDeviation * random.NextNormal()));

    internal override IEnumerable<string> Problems() => SpreadProblems("stddev", StandardDeviation);
}

/// <summary>Normal, drawn again beyond two deviations.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardDeviation">Before the cut; Keras' stddev.</param>
public sealed record TruncatedNormal(double Mean = 0, double StandardDeviation = 0.05) : Initializer
{
    internal override float Draw(SeededRandom random, int fanIn, int fanOut) => (float)(Mean + (StandardDeviation * Truncated(random)));

    internal override IEnumerable<string> Problems() => SpreadProblems("stddev", StandardDeviation);
}

/// <summary>All the same.</summary>
/// <param name="Value">Any number.</param>
public sealed record Constant(double Value) : Initializer
{
    internal override float Draw(SeededRandom random, int fanIn, int fanOut) => (float)Value;

    internal override IEnumerable<string> Problems() => double.IsFinite(Value) ? [] : [FormattableString.Invariant($"has an initializer of {Value}. It must be a number. Give 0, say.")];
}
