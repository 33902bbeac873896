using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

// Means, deviations, weights: optuna 3.1.0, _ParzenEstimator with the TPESampler's defaults; they are the rules of Optuna 4 as well. Densities: scipy 1.10.1,
// truncnorm of that mixture; those of Optuna 3.1.0 itself leave out the kernels' ln deviation in a range without steps, which Optuna 4 has mended; with
// steps all three agree.
public class ParzenTests
{
    [Fact]
    public void Kernels_of_a_uniform_range_are_those_of_optuna()
    {
        var mixture = NumericMixture.Of(new Uniform("x", 0, 1), [0.2, 0.25, 0.9, 0.4]);
        Same([0.2, 0.25, 0.9, 0.4, 0.5], mixture.Means);
        Same([0.16666666666666666, 0.16666666666666666, 0.4, 0.16666666666666666, 1.0], mixture.Deviations);
        Same([0.2, 0.2, 0.2, 0.2, 0.2], mixture.Weights);
        Same([-0.4035961080930891, 0.5069354069254098, -0.6649502709885756], Densities(mixture, 0, 0.3, 1));
    }

    [Fact]
    public void Kernels_of_a_logarithmic_range_are_those_of_optuna()
    {
        var mixture = NumericMixture.Of(new LogUniform("x", 1e-4, 0.1), [0.001, 0.003, 0.05]);
        Same([-6.907755278982137, -5.809142990314027, -2.995732273553991, -5.756462732485113], mixture.Means);
        Same([1.3815510557964275, 1.3815510557964275, 2.7607304589311226, 6.907755278982137], mixture.Deviations);
        Same([-2.8034046778603754, -1.5812661081712036, -2.3420814371232725], Densities(mixture, 1e-4, 0.002, 0.1));
    }

    [Fact]
    public void Kernels_of_steps_are_those_of_optuna()
    {
        var mixture = NumericMixture.Of(new Uniform("x", 0, 1) { Step = 0.1 }, [0.2, 0.3, 0.3]);
        Same([0.22, 0.22, 0.22, 1.1], mixture.Deviations);
        Same([-2.365811920126117, -1.8012718935225662, -3.8129788968751788], Densities(mixture, 0, 0.3, 1));
        var whole = NumericMixture.Of(new Integer("x", 8, 64) { Step = 8 }, [16, 64]);
        Same([16, 64, 36], whole.Means);
        Same([20, 28, 64], whole.Deviations);
        Same([-2.147728058031351, -2.056306984995547, -2.173967891460385], Densities(whole, 8, 40, 64));
    }

    [Fact]
    public void Kernels_of_whole_numbers_by_magnitude_are_those_of_optuna()
    {
        var mixture = NumericMixture.Of(new Integer("x", 1, 256) { Log = true }, [2, 16, 200]);
        Same([0.6931471805599453, 2.772588722239781, 5.298317366548036, 2.4269907420254393], mixture.Means);
        Same([1.733843561465494, 2.525728644308255, 2.525728644308255, 6.240275845170769], mixture.Deviations);
        Same([-1.949782630826129, -1.782872304419887, -1.9650875251797877], Densities(mixture, 1, 30, 256));
    }

    // The magic clip, the ramp of weights, and densities far out in the tails.
    [Fact]
    public void Kernels_of_many_close_observations_are_those_of_optuna()
    {
        var mixture = NumericMixture.Of(new Integer("x", 0, 1000), [.. Enumerable.Range(500, 40).Select(value => (double)value)]);
        Assert.All(mixture.Deviations[..40].ToArray(), deviation => Assert.Equal(23.833333333333332, deviation, 1e-12));
        Assert.Equal(1001, mixture.Deviations[^1]);
        Same([0.0007421150278293136, 0.002809435462496687, 0.00487675589716406], mixture.Weights[..3]);
        Assert.All(mixture.Weights[14..].ToArray(), weight => Assert.Equal(0.029684601113172542, weight, 1e-15));
        Same([-10.509654233202452, -4.207169671197532, -10.509654233202452], Densities(mixture, 0, 520, 1000));
    }

    [Fact]
    public void Without_observations_there_is_the_prior()
    {
        var mixture = NumericMixture.Of(new Uniform("x", -1, 3), []);
        Same([1], mixture.Means);
        Same([4], mixture.Deviations);
        Same([-1.353129060628941], [mixture.LogDensity(0.5)]);
        Same([1.0 / 3, 1.0 / 3, 1.0 / 3], CategoricalMixture.Probabilities(3, []));
    }

    [Fact]
    public void The_probabilities_of_a_choice_are_those_of_optuna() =>
        Same([0.3333333333333333, 0.19047619047619047, 0.4761904761904762], CategoricalMixture.Probabilities(3, [0, 2, 2]));

    // optuna.samplers._tpe.sampler.default_weights(30), and 1 for the prior.
    [Fact]
    public void The_oldest_weigh_least()
    {
        double[] raw = [0.03333333333333333, 0.275, 0.5166666666666667, 0.7583333333333333, 1, .. Enumerable.Repeat(1.0, 26)];
        Same([.. raw.Select(weight => weight / raw.Sum())], After(30).Weights);
        Assert.Equal(1.0 / 26, After(26).Weights[0] / After(26).Weights[^1], 1e-15);
        Assert.All(After(24).Weights.ToArray(), weight => Assert.Equal(1.0 / 25, weight));
    }

    // The density is one: it sums to 1 over the range, and draws have it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draws_follow_the_density(bool isLog)
    {
        var mixture = NumericMixture.Of(isLog ? new LogUniform("x", 1, 9) : new Uniform("x", 1, 9), [1.2, 1.5, 8]);
        const int Cells = 20;
        const int Draws = 40_000;
        var (from, to) = isLog ? (0, Math.Log(9)) : (1.0, 9.0);
        var (counts, random) = (new double[Cells], new SeededRandom(3));
        for (var i = 0; i < Draws; i++)
        {
            var value = mixture.Draw(random);
            Assert.InRange(value, 1, 9);
            counts[Math.Min(Cells - 1, (int)(((isLog ? Math.Log(value) : value) - from) / (to - from) * Cells))]++;
        }

        var total = 0.0;
        for (var cell = 0; cell < Cells; cell++)
        {
            var width = (to - from) / Cells / 100;
            var places = Enumerable.Range(0, 100).Select(i => from + (((cell * 100) + i + 0.5) * width));
            var mass = places.Sum(place => width * Math.Exp(mixture.LogDensity(isLog ? Math.Exp(place) : place)));
            total += mass;

            // Five standard errors of a share.
            Assert.Equal(mass, counts[cell] / Draws, 5 * Math.Sqrt(mass / Draws));
        }

        Assert.Equal(1, total, 1e-4);
    }

    [Fact]
    public void Draws_of_steps_follow_their_masses()
    {
        var mixture = NumericMixture.Of(new Integer("x", 1, 5), [1, 1, 4]);
        var (counts, random) = (new double[6], new SeededRandom(9));
        const int Draws = 40_000;
        for (var i = 0; i < Draws; i++)
        {
            counts[(int)mixture.Draw(random)]++;
        }

        for (var value = 1; value <= 5; value++)
        {
            var mass = Math.Exp(mixture.LogDensity(value));
            Assert.Equal(mass, counts[value] / Draws, 5 * Math.Sqrt(mass / Draws));
        }

        Assert.Equal(1, Enumerable.Range(1, 5).Sum(value => Math.Exp(mixture.LogDensity(value))), 1e-12);
    }

    [Fact]
    public void What_is_no_range_has_no_kernels()
    {
        Assert.Throws<ArgumentException>(() => NumericMixture.Of(new Choice("x", [1, 2]), []));
        Assert.Throws<ArgumentException>(() => NumericMixture.Of(new Uniform("x", 1, 1), []));
    }

    static double[] Densities(NumericMixture mixture, params ReadOnlySpan<double> values)
    {
        var densities = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            densities[i] = mixture.LogDensity(values[i]);
        }

        return densities;
    }

    static NumericMixture After(int observations) => NumericMixture.Of(new Uniform("x", 0, 1000), [.. Enumerable.Range(0, observations).Select(value => (double)value)]);

    // The densities of kernels are sums of a few terms near 1.
    static void Same(double[] expected, ReadOnlySpan<double> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
