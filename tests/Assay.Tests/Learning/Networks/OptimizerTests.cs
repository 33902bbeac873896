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

    [Fact]
    public void Every_weight_gets_the_same_bits_wherever_it_stands()
    {
        foreach (var optimizer in new OptimizerOptions[] { new Adam(), new Sgd(), new Sgd(0.1, 0.9, true) })
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
