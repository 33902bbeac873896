using Assay.Load;

namespace Assay.Tests.Load;

public class PoissonArrivalsTests
{
    static readonly double[] _times =
        [.. new PoissonArrivals(200).Schedule(TimeSpan.FromSeconds(500), null, 7).Select(time => time.TotalSeconds)];

    [Fact]
    public void The_number_of_requests_is_near_rate_times_duration_and_not_made_equal_to_it()
    {
        // 100,000 expected, standard deviation 316; four of them.
        Assert.InRange(_times.Length, 98_735, 101_265);
        Assert.NotEqual(100_000, _times.Length);
        Assert.True(_times[^1] < 500);
    }

    [Fact]
    public void Gaps_are_exponential_in_mean_and_variance()
    {
        var gaps = _times.Zip(_times.Skip(1), (a, b) => b - a).ToArray();
        var mean = gaps.Average();

        // Of n = 100,000 gaps the mean has a relative standard error of 1/sqrt(n) = 0.0032, the variance one of sqrt(8/n) = 0.0089; four of each.
        Assert.InRange(mean * 200, 0.987, 1.013);
        Assert.InRange(gaps.Average(gap => (gap - mean) * (gap - mean)) * 40_000, 0.964, 1.036);

        // P(gap > 2 means) = exp(-2) = 0.1353 +- 4 * 0.0011.
        Assert.InRange(gaps.Count(gap => gap > 0.01) / (double)gaps.Length, 0.1309, 0.1397);
    }

    [Fact]
    public void Counts_per_second_are_as_dispersed_as_poisson_counts()
    {
        var counts = Enumerable.Range(0, 500).Select(second => _times.Count(time => (int)time == second)).ToArray();
        var mean = counts.Average();

        // Variance / mean is 1 with a standard error of sqrt(2/499) = 0.063; four of them. Rescaled or repeated gaps give 2 or more, constant ones 0.
        Assert.InRange(counts.Sum(count => (count - mean) * (count - mean)) / 499 / mean, 0.75, 1.25);
    }

    [Fact]
    public void The_number_of_requests_in_a_second_varies_from_seed_to_seed()
    {
        var counts = Enumerable.Range(0, 200).Select(seed => new PoissonArrivals(50).Schedule(TimeSpan.FromSeconds(1), null, (ulong)seed).Count).ToArray();
        var mean = counts.Average();

        // Mean 50 +- 4 * 0.5; dispersion 1 +- 4 * sqrt(2/199).
        Assert.InRange(mean, 48, 52);
        Assert.InRange(counts.Sum(count => (count - mean) * (count - mean)) / 199 / mean, 0.6, 1.4);
    }

    [Fact]
    public void Same_seed_gives_the_same_times_and_a_longer_run_goes_on_from_them()
    {
        var arrivals = new PoissonArrivals(20);
        var short_ = arrivals.Schedule(TimeSpan.FromSeconds(5), null, 3);
        Assert.Equal(short_, arrivals.Schedule(TimeSpan.FromSeconds(50), null, 3).Take(short_.Count));
        Assert.NotEqual(short_, arrivals.Schedule(TimeSpan.FromSeconds(5), null, 4));
    }

    [Fact]
    public void A_number_of_requests_ends_the_schedule_too()
    {
        Assert.Equal(10, new PoissonArrivals(1).Schedule(null, 10, 0).Count);
        Assert.Equal(10, new PoissonArrivals(100).Schedule(TimeSpan.FromSeconds(100), 10, 0).Count);
    }

    [Fact]
    public void Constant_arrivals_have_equal_gaps_from_0()
    {
        double[] seconds = [.. new ConstantArrivals(4).Schedule(TimeSpan.FromSeconds(1), null, 0).Select(time => time.TotalSeconds)];
        Assert.Equal([0, 0.25, 0.5, 0.75], seconds);
        Assert.Null(new ClosedLoop(3).Schedule(TimeSpan.FromSeconds(1), 5, 0));
    }
}
