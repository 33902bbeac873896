using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

/// <summary>Against the definitions of keras/src/initializers/random_initializers.py, with fan in 200 and fan out 100.</summary>
public class InitializerTests
{
    const int Inputs = 200;
    const int Units = 100;

    // Deviation, and the greatest distance from the mean: limit, or two deviations of the uncut normal.
    public static TheoryData<Initializer, double, double> Spreads => new()
    {
        { Initializer.GlorotUniform, Math.Sqrt(2.0 / 300), Math.Sqrt(6.0 / 300) },
        { Initializer.GlorotNormal, Math.Sqrt(2.0 / 300), 2 * Math.Sqrt(2.0 / 300) / 0.87962566 },
        { Initializer.HeUniform, Math.Sqrt(2.0 / 200), Math.Sqrt(6.0 / 200) },
        { Initializer.HeNormal, Math.Sqrt(2.0 / 200), 2 * Math.Sqrt(2.0 / 200) / 0.87962566 },
        { Initializer.LecunUniform, Math.Sqrt(1.0 / 200), Math.Sqrt(3.0 / 200) },
        { Initializer.LecunNormal, Math.Sqrt(1.0 / 200), 2 * Math.Sqrt(1.0 / 200) / 0.87962566 },
        { new RandomUniform(), 0.1 / Math.Sqrt(12), 0.05 },
        { new RandomNormal(), 0.05, 0.5 },
        { new TruncatedNormal(), 0.05 * 0.87962566, 0.1 },
        { Initializer.Zeros, 0, 0 },
    };

    // 20,000 draws estimate a deviation within 0.5 %, six of which is below 3 %, and a mean within 1 / 141 of the deviation.
    [Theory]
    [MemberData(nameof(Spreads))]
    public void Draws_have_keras_mean_deviation_and_bounds(Initializer initializer, double deviation, double bound)
    {
        var weights = Kernel(initializer);
        var mean = weights.Average(w => (double)w);
        Assert.Equal(0, mean, Math.Max(deviation * 6 / 141, 1e-9));
        Assert.Equal(deviation, Math.Sqrt(weights.Average(w => (w - mean) * (w - mean))), (deviation * 0.03) + 1e-9);
        Assert.All(weights, w => Assert.InRange(Math.Abs(w), 0, bound * 1.0001));
        Assert.True(weights.Max() >= bound * 0.5 * (initializer is RandomNormal ? 0 : 1));
    }

    [Fact]
    public void Biases_begin_at_zero_unless_said_otherwise()
    {
        Assert.All(Network(new Dense(Units)).Weights[1].Values, bias => Assert.Equal(0, bias));
        Assert.All(Network(new Dense(Units) { BiasInitializer = new Constant(0.25) }).Weights[1].Values, bias => Assert.Equal(0.25f, bias));
        Assert.All(Kernel(Initializer.Ones), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Another_seed_gives_other_weights() =>
        Assert.NotEqual(Network(new Dense(Units)).Weights[0].Values, new Sequential(Inputs, Options(new Dense(Units)), 4).Weights[0].Values);

    static float[] Kernel(Initializer initializer) => Network(new Dense(Units) { KernelInitializer = initializer }).Weights[0].Values;

    static Sequential Network(Dense dense) => new(Inputs, Options(dense), 3);

    static SequentialOptions Options(Dense dense) => new() { Layers = [dense, new Dense(1)], Loss = new MeanSquaredError() };
}
