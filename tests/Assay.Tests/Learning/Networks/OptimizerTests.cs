using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

public class OptimizerTests
{
    // Golden values of keras/src/optimizers/adam.py's formula in float64 (../shared/golden/golden.json, "adam w after"). 1e-5 of the
    // value is a few dozen roundings of float32. PyTorch's form would give -9.09e-4 in the second row.
    [Theory]
    [InlineData(new[] { 0.1f, -0.2f, 1e-9f }, -0.00035087494905340676)]
    [InlineData(new[] { 1e-7f }, -3.065343003171552e-05)]
    public void Adam_places_epsilon_as_keras_does(float[] gradients, double expected) =>
        Assert.Equal(expected, Run(new Adam(), gradients, 1)[0], Math.Abs(expected) * 1e-5);

    // By hand, rate 0.1, gradients 1 then 1: v = -0.1, then 0.9 * -0.1 - 0.1 = -0.19.
    [Theory]
    [InlineData(0.0, false, -0.2)]
    [InlineData(0.9, false, -0.1 - 0.19)]
    [InlineData(0.9, true, -0.09 - 0.1 + (0.9 * -0.19) - 0.1)]
    public void Sgd_keeps_the_rate_in_its_velocity_as_keras_does(double momentum, bool nesterov, double expected) =>
        Assert.Equal(expected, Run(new Sgd(0.1, momentum, nesterov), [1, 1], 1)[0], 1e-6);

    public static TheoryData<OptimizerOptions, double, double> Torch => new()
    {
        { new Adam(0.01, Epsilon: 1e-8, Placement: EpsilonPlacement.PyTorch), 0.4873366309403391, -0.29366103565460366 },
        { new Adam(0.01, Epsilon: 0.1, Placement: EpsilonPlacement.PyTorch), 0.4938241713832636, -0.296114893874527 },
        { new AdamW(0.01, 0.1, Epsilon: 1e-8, Placement: EpsilonPlacement.PyTorch), 0.48634713093933907, -0.29307133565410365 },
        { new Sgd(0.01, 0.9, false, MomentumForm.PyTorch), 0.4985999999791384, -0.3002000000029802 },
        { new Sgd(0.01, 0.9, true, MomentumForm.PyTorch), 0.49823999997377394, -0.3021800000324845 },
        { new Sgd(0.01, 0.9, false, MomentumForm.PyTorch) { Schedule = new ExponentialDecay(1, 0.5) }, 0.49879999998211866, -0.2990999999865889 },
        { new Sgd(0.01, 0.9, true, MomentumForm.PyTorch) { Schedule = new ExponentialDecay(1, 0.5) }, 0.49816999997273087, -0.29918999998793006 },
        { new RmsProp(0.01, Epsilon: 1e-30), 0.48312141901380595, -0.2969486519697448 },
        { new RmsProp(0.01, Momentum: 0.5, Epsilon: 1e-30, Centered: true), 0.46484784677291247, -0.2789308691068497 },
        { new Adagrad(0.01, Epsilon: 1e-30), 0.4984755985181231, -0.30195774257453506 },
    };

    // Two steps of torch 1.13.1 (float64) from (0.5, -0.3) with the gradients (0.1, -0.2) and (-0.05, 0.4); RMSprop and Adagrad with eps 0,
    // because torch adds it after the root and Keras under it. 3e-7 is a few roundings of float32 near 0.5.
    [Theory]
    [MemberData(nameof(Torch))]
    public void Two_steps_equal_torchs(OptimizerOptions optimizer, double first, double second)
    {
        float[] weights = [0.5f, -0.3f];
        var state = new float[2 * optimizer.StatePerWeight];
        optimizer.Step(weights, [0.1f, -0.2f], state, 1);
        optimizer.Step(weights, [-0.05f, 0.4f], state, 2);
        Assert.Equal(first, weights[0], 3e-7);
        Assert.Equal(second, weights[1], 3e-7);
    }

    // keras/src/optimizers: one step of rmsprop and adagrad with its own epsilon, by hand in float64.
    [Fact]
    public void Epsilon_of_rmsprop_and_adagrad_stands_under_the_root_as_in_keras()
    {
        Assert.Equal(-0.01 * 1e-4 / Math.Sqrt((0.1 * 1e-8) + 1e-7), Run(new RmsProp(0.01), [1e-4f], 1)[0], 1e-9);
        Assert.Equal(-0.01 * 0.2 / Math.Sqrt(0.1 + 0.04 + 0.5), Run(new Adagrad(0.01, Epsilon: 0.5), [0.2f], 1)[0], 1e-9);
        Assert.Equal(0.5 * (1 - (0.01 * 0.004)), Decayed(new AdamW(0.01)), 1e-7);
    }

    [Fact]
    public void Problems_are_told_by_their_keras_names()
    {
        Assert.Contains("clipnorm and clipvalue", Assert.Single(new Adam { ClipNorm = 1, ClipValue = 1 }.Problems()), StringComparison.Ordinal);
        Assert.Contains("global_clipnorm", Assert.Single(new Sgd { GlobalClipNorm = 0 }.Problems()), StringComparison.Ordinal);
        Assert.Contains("weight_decay", Assert.Single(new AdamW(WeightDecay: -1).Problems()), StringComparison.Ordinal);
        Assert.Contains("rho", Assert.Single(new RmsProp(Rho: 1).Problems()), StringComparison.Ordinal);
        Assert.Contains("initial_accumulator_value", Assert.Single(new Adagrad(InitialAccumulatorValue: -1).Problems()), StringComparison.Ordinal);
        Assert.Contains("decay_steps", Assert.Single(new Adam { Schedule = new CosineDecay(0) }.Problems()), StringComparison.Ordinal);
        Assert.Empty(new Adam(0) { Schedule = new CosineDecay(10, WarmupTarget: 0.1, WarmupSteps: 5) }.Problems());
    }

    [Fact]
    public void Every_weight_gets_the_same_bits_wherever_it_stands()
    {
        foreach (var optimizer in new OptimizerOptions[] { new Adam(), new AdamW(), new Sgd(), new Sgd(0.1, 0.9, true), new RmsProp(Centered: true, Momentum: 0.1), new Adagrad() })
        {
            var weights = Run(optimizer, [0.3f, -0.7f, 0.01f], 67);
            Assert.All(weights, weight => Assert.Equal(weights[0], weight));
        }
    }

    [Fact]
    public void Lengths_that_do_not_match_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam().Step(new float[3], new float[2], new float[6], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam().Step(new float[3], new float[3], new float[3], 1));
    }

    static float Decayed(OptimizerOptions optimizer)
    {
        float[] weights = [0.5f];
        optimizer.Step(weights, [0], new float[optimizer.StatePerWeight], 1);
        return weights[0];
    }

    static float[] Run(OptimizerOptions optimizer, float[] gradients, int count)
    {
        var weights = new float[count];
        var state = new float[count * optimizer.StatePerWeight];
        for (var i = 0; i < gradients.Length; i++)
        {
            optimizer.Step(weights, Enumerable.Repeat(gradients[i], count).ToArray(), state, i + 1);
        }

        return weights;
    }
}
