using Assay.Load;

namespace Assay.Tests.Load;

public class ArrivalsTests
{
    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(4)]
    public void Gaps_of_gamma_arrivals_have_the_asked_mean_and_burstiness(double shape)
    {
        var gaps = Gaps(Seconds(new GammaArrivals(100, shape), 500, 3));
        var mean = gaps.Average();
        var variance = gaps.Average(gap => (gap - mean) * (gap - mean));

        // n = 50,000: the mean's relative standard error is CV / sqrt(n), at most 0.009; that of the variance sqrt((kurtosis - 1) / n), of
        // gamma sqrt((2 + 6 / shape) / n), at most 0.023. Four of each.
        Assert.InRange(mean * 100, 0.964, 1.036);
        Assert.InRange(variance * 1e4 * shape, 0.908, 1.092);
    }

    [Fact]
    public void Gamma_arrivals_of_shape_1_have_exponential_gaps()
    {
        var gaps = Gaps(Seconds(new GammaArrivals(100, 1), 500, 3));

        // P(gap > 2 means) = exp(-2) = 0.1353, standard error 0.0015.
        Assert.InRange(gaps.Count(gap => gap > 0.02) / (double)gaps.Length, 0.1293, 0.1413);
    }

    [Fact]
    public void An_even_ramp_sends_when_one_more_request_is_expected()
    {
        // From 0 to 10/s in 10 s: t^2 / 2 = n.
        var times = Seconds(new RampArrivals(0, 10, TimeSpan.FromSeconds(10)) { IsDrawn = false }, null, 0);
        Assert.Equal(50, times.Length);
        Assert.All(times.Index(), time => Assert.Equal(Math.Sqrt(2 * time.Index), time.Item, 1e-6));
    }

    [Fact]
    public void A_ramp_stays_at_its_end_and_may_fall_to_nothing()
    {
        var rising = Seconds(new RampArrivals(0, 10, TimeSpan.FromSeconds(10)) { IsDrawn = false }, 20, 0);

        // 50 in the ramp, then 10 each second.
        Assert.Equal(150, rising.Length);
        Assert.Equal(0.1, rising[^1] - rising[^2], 1e-6);

        var falling = Seconds(new RampArrivals(10, 0, TimeSpan.FromSeconds(10)) { IsDrawn = false }, 1000, 0);
        Assert.Equal(50, falling.Length);
        Assert.True(falling[^1] < 10);
        Assert.Equal(50, new RampArrivals(10, 0, TimeSpan.FromSeconds(10)) { IsDrawn = false }.Schedule(null, 80, 0).Count);
    }

    [Fact]
    public void A_drawn_ramp_is_poisson_around_its_rate()
    {
        var ramp = new RampArrivals(0, 200, TimeSpan.FromSeconds(100));
        var counts = Enumerable.Range(0, 200).Select(seed => Seconds(ramp, null, (ulong)seed)).ToArray();

        // 10,000 in all, a quarter of them in the first half; the mean of 200 runs has standard errors 7.1 and 3.5.
        Assert.InRange(counts.Average(times => times.Length), 9_972, 10_028);
        Assert.InRange(counts.Average(times => times.Count(time => time < 50)), 2_486, 2_514);

        // The variance of a Poisson count is its mean, with a relative standard error of sqrt(2/199) = 0.1.
        var mean = counts.Average(times => times.Length);
        Assert.InRange(counts.Sum(times => (times.Length - mean) * (times.Length - mean)) / 199 / mean, 0.6, 1.4);
    }

    [Fact]
    public void Steps_follow_each_other_and_then_end()
    {
        var steps = new StepArrivals([new RateStep(10, TimeSpan.FromSeconds(2)), new RateStep(0, TimeSpan.FromSeconds(3)), new RateStep(20, TimeSpan.FromSeconds(1))]) { IsDrawn = false };
        var times = Seconds(steps, null, 0);
        Assert.Equal(40, times.Length);
        Assert.Equal(20, times.Count(time => time < 2));
        Assert.All(times[20..], time => Assert.InRange(time, 5, 6));
        Assert.Equal(40, Seconds(steps, 1000, 0).Length);
        Assert.Equal("steps 10/s for 2 s, 0/s for 3 s, 20/s for 1 s, even", steps.Description);
    }

    [Fact]
    public void The_same_seed_gives_the_same_times_and_a_longer_run_goes_on_from_them()
    {
        ArrivalOptions[] all = [new GammaArrivals(20, 0.5), new RampArrivals(5, 50, TimeSpan.FromSeconds(20)), new StepArrivals([new RateStep(9, TimeSpan.FromSeconds(30))])];
        foreach (var arrivals in all)
        {
            var some = Seconds(arrivals, 5, 3);
            Assert.NotEmpty(some);
            Assert.Equal(some, Seconds(arrivals, 25, 3).Take(some.Length));
            Assert.NotEqual(some, Seconds(arrivals, 5, 4));
            Assert.Equal(some.Order(), some);
        }
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_told()
    {
        ArrivalOptions[] wrong =
        [
            new GammaArrivals(0, 1), new GammaArrivals(1, 0), new GammaArrivals(double.NaN, 1), new RampArrivals(0, 0, TimeSpan.FromSeconds(1)), new RampArrivals(-1, 5, TimeSpan.FromSeconds(1)),
            new RampArrivals(1, 5, TimeSpan.Zero), new StepArrivals([]), new StepArrivals([new RateStep(0, TimeSpan.FromSeconds(1))]), new StepArrivals([new RateStep(1, TimeSpan.Zero)]),
        ];
        Assert.All(wrong, arrivals => Assert.Contains("expected", new LoadOptions { Arrivals = arrivals, Requests = 1 }.Problems().Single(), StringComparison.Ordinal));
    }

    [Fact]
    public void Arrivals_that_end_of_themselves_need_no_duration()
    {
        Assert.Empty(new LoadOptions { Arrivals = new StepArrivals([new RateStep(1, TimeSpan.FromSeconds(1))]) }.Problems());
        Assert.Single(new LoadOptions { Arrivals = new GammaArrivals(1, 1) }.Problems());
    }

    internal static double[] Seconds(ArrivalOptions arrivals, double? duration, ulong seed) =>
        [.. arrivals.Schedule(duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null, null, seed)!.Select(time => time.TotalSeconds)];

    static double[] Gaps(double[] times) => [.. times.Zip(times.Skip(1), (a, b) => b - a)];
}
