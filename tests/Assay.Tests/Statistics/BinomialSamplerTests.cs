using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class BinomialSamplerTests
{
    // Inversion, rejection, both mirrored, and the border between them.
    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(40, 0.24)]
    [InlineData(40, 0.26)]
    [InlineData(40, 0.74)]
    [InlineData(60, 0.5)]
    [InlineData(12, 0.9)]
    public void Draws_follow_the_binomial_distribution(int trials, double p)
    {
        const int Draws = 100_000;
        var random = new SeededRandom(2);
        var counts = new int[trials + 1];
        for (var i = 0; i < Draws; i++)
        {
            counts[BinomialSampler.Next(random, trials, p)]++;
        }

        // Chi-squared over the values expected five times or more. Mean: the number of values; above it by six standard
        // deviations of sqrt(2 values) is a chance below one in a million.
        var (sum, values) = (0.0, 0);
        for (var k = 0; k <= trials; k++)
        {
            var expected = Draws * MathNet.Numerics.Distributions.Binomial.PMF(p, trials, k);
            if (expected >= 5)
            {
                sum += (counts[k] - expected) * (counts[k] - expected) / expected;
                values++;
            }
        }

        Assert.InRange(sum, 0, values + (6 * Math.Sqrt(2 * values)));
    }

    [Fact]
    public void Large_numbers_have_the_right_mean_and_variance()
    {
        var random = new SeededRandom(4);
        var draws = Enumerable.Range(0, 20_000).Select(_ => (double)BinomialSampler.Next(random, 1_000_000_000, 0.2)).ToArray();
        var mean = draws.Average();

        // Standard deviation 12,649: of the mean 89, of the variance 1 %; five of each.
        Assert.Equal(200_000_000, mean, 450.0);
        Assert.Equal(1, draws.Average(x => (x - mean) * (x - mean)) / 160_000_000, 0.05);
    }

    [Fact]
    public void Certain_outcomes_are_certain()
    {
        var random = new SeededRandom(1);
        Assert.Equal(0, BinomialSampler.Next(random, 0, 0.5));
        Assert.Equal(0, BinomialSampler.Next(random, 9, 0));
        Assert.Equal(9, BinomialSampler.Next(random, 9, 1));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(BinomialSampler.Next(random, 1, 0.5), 0, 1));
    }
}
