using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

/// <summary>By hand from the formulas of keras/src/optimizers/schedules/learning_rate_schedule.py.</summary>
public class ScheduleTests
{
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(5, 0.1 * 0.70710678118654757)]
    [InlineData(10, 0.05)]
    [InlineData(25, 0.1 * 0.17677669529663687)]
    public void Exponential_decay_halves_every_ten_steps(int step, double expected)
    {
        Assert.Equal(expected, new ExponentialDecay(10, 0.5).RateAt(0.1, step), 1e-12);
        Assert.Equal(0.1 * Math.Pow(0.5, step / 10), new ExponentialDecay(10, 0.5, Staircase: true).RateAt(0.1, step), 1e-12);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(25, 0.1 * ((0.9 * 0.85355339059327373) + 0.1))]
    [InlineData(50, 0.1 * 0.55)]
    [InlineData(100, 0.01)]
    [InlineData(1000, 0.01)]
    public void Cosine_decay_falls_to_alpha_and_stays(int step, double expected) => Assert.Equal(expected, new CosineDecay(100, 0.1).RateAt(0.1, step), 1e-12);

    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(5, 0.06)]
    [InlineData(10, 0.1)]
    [InlineData(60, 0.05)]
    [InlineData(110, 0)]
    [InlineData(500, 0)]
    public void Cosine_decay_climbs_to_its_warm_up_target_first(int step, double expected) =>
        Assert.Equal(expected, new CosineDecay(100, 0, WarmupTarget: 0.1, WarmupSteps: 10).RateAt(0.02, step), 1e-12);

    // Keras does not look at the warm-up steps without a target.
    [Fact]
    public void Warm_up_steps_without_a_target_change_nothing() =>
        Assert.Equal(new CosineDecay(100).RateAt(0.1, 30), new CosineDecay(100, WarmupSteps: 20).RateAt(0.1, 30));

    [Theory]
    [InlineData(0, 0.025)]
    [InlineData(3, 0.1)]
    [InlineData(9, 0.1)]
    public void Linear_warm_up_reaches_the_rate_in_its_last_step(int step, double expected) => Assert.Equal(expected, new LinearWarmup(4).RateAt(0.1, step), 1e-12);

    [Fact]
    public void The_first_update_is_step_0()
    {
        Assert.Equal(0.1, new Sgd(0.1) { Schedule = new ExponentialDecay(1, 0.5) }.RateAt(1));
        Assert.Equal(0.05, new Sgd(0.1) { Schedule = new ExponentialDecay(1, 0.5) }.RateAt(2));
    }
}
