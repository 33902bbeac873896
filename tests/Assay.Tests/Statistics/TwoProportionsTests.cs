using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class TwoProportionsTests
{
    // Newcombe 1998, Statistics in Medicine 17:873, table II, method 10 (printed to four digits).
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    public void Intervals_are_newcombes(int a, int m, int b, int n, double low, double high)
    {
        var result = TwoProportions.Compare(a, m, b, n);
        Assert.Equal(((double)a / m) - ((double)b / n), result.Difference, 1e-12);
        Assert.Equal(low, result.Interval!.Value.Low, 0.00005);
        Assert.Equal(high, result.Interval.Value.High, 0.00005);
        Assert.Equal("newcombe", result.Interval.Value.Method);
    }

    // scipy 1.10.1 stats.fisher_exact([[a, m - a], [b, n - b]]).
    [Theory]
    [InlineData(8, 10, 1, 6, 0.034965034965034975)]
    [InlineData(12, 17, 9, 23, 0.06235516940744973)]
    [InlineData(90, 100, 850, 900, 0.1150160030124025)]
    [InlineData(3000, 4000, 61_000, 80_000, 0.0707870005552196)]
    [InlineData(5, 5, 0, 5, 0.007936507936507938)]
    public void P_values_are_those_of_fishers_exact_test(int a, int m, int b, int n, double p)
    {
        Assert.Equal(p, TwoProportions.Compare(a, m, b, n).PValue, p * 1e-8);
        Assert.Equal(p, TwoProportions.Compare(b, n, a, m).PValue, p * 1e-8);
    }

    [Fact]
    public void Far_tails_and_empty_samples_are_numbers()
    {
        Assert.InRange(TwoProportions.Compare(0, 100_000, 100_000, 100_000).PValue, 0, 1e-300);
        var empty = TwoProportions.Compare(0, 0, 3, 5);
        Assert.Null(empty.Interval);
        Assert.Equal(1, empty.PValue);
        Assert.Equal(1, TwoProportions.Compare(3, 3, 5, 5).PValue);
    }
}
