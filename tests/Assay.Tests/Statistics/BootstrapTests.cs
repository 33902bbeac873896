using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class BootstrapTests
{
    static readonly double[] _values = [1.2, .3, 4.5, 2.2, .9, 7.7, 3.1, .4, 1.8, 2.6, 5.9, .7, 1.1, .2, 9.4];

    [Fact]
    public void It_is_scipys_interval()
    {
        // scipy 1.10.1 stats.bootstrap(method='BCa', n_resamples=400000) of np.mean and np.var.
        var options = new BootstrapOptions { Seed = 1, Rounds = 100_000 };
        var mean = Bca(_values.Length, Mean, options)!.Value;
        var variance = Bca(_values.Length, Variance, options)!.Value;

        // Standard errors of the ends at 100,000 resamples: about 0.01 and, for the long upper tail, 0.03 of the mean; of the variance 0.02 and 0.1.
        Assert.Equal(1.666666666666667, mean.Low, 0.04);
        Assert.Equal(4.56, mean.High, 0.1);
        Assert.Equal(3.2088888888888887, variance.Low, 0.1);
        Assert.Equal(14.651384630594395, variance.High, 0.4);
        Assert.Equal("bootstrap-bca", mean.Method);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads_but_on_the_seed()
    {
        var options = new BootstrapOptions { Seed = 3, Rounds = 400, Threads = 1 };
        var one = Bca(_values.Length, Mean, options);
        Assert.Equal(one, Bca(_values.Length, Mean, options with { Threads = 7 }));
        Assert.Equal(one, Bca(_values.Length, Mean, options with { Threads = -1 }));
        Assert.NotEqual(one, Bca(_values.Length, Mean, options with { Seed = 4 }));
    }

    [Fact]
    public void A_grouped_jackknife_gives_the_interval_of_the_mean()
    {
        var random = new SeededRandom(6);
        var values = Enumerable.Range(0, 5000).Select(_ => random.NextExponential()).ToArray();
        var interval = Bca(values.Length, rows => Of(values, rows), new BootstrapOptions { Seed = 1 })!.Value;
        var normal = MeanInterval.StudentT(values)!.Value;

        // The mean of 5000 is nearly normal: skewness 2 / sqrt(5000) moves the ends by (z² - 1) / 6 of it, 0.014 standard errors;
        // 2000 resamples add 0.06 of them. A standard error is 0.014.
        Assert.Equal(normal.Low, interval.Low, 0.003);
        Assert.Equal(normal.High, interval.High, 0.003);
    }

    [Fact]
    public void Nothing_that_varies_has_no_interval()
    {
        Assert.Null(Bca(0, Mean, new BootstrapOptions()));
        Assert.Null(Bca(1, Mean, new BootstrapOptions()));
        Assert.Null(Bca(5, _ => 1, new BootstrapOptions()));
        Assert.Null(Bca(5, _ => double.NaN, new BootstrapOptions()));
        Assert.NotNull(Bca(2, Mean, new BootstrapOptions()));
    }

    [Fact]
    public void Cancelling_ends_it() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Bootstrap.Bca(5, Mean, new BootstrapOptions(), new CancellationToken(true)));

    static double Mean(ReadOnlySpan<int> rows) => Of(_values, rows);

    static double Variance(ReadOnlySpan<int> rows)
    {
        var (mean, squares) = (Mean(rows), 0.0);
        foreach (var row in rows)
        {
            squares += (_values[row] - mean) * (_values[row] - mean);
        }

        return squares / rows.Length;
    }

    static double Of(double[] values, ReadOnlySpan<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += values[row];
        }

        return sum / rows.Length;
    }

    static Interval? Bca(int rows, Func<ReadOnlySpan<int>, double> statistic, BootstrapOptions options) =>
        Bootstrap.Bca(rows, statistic, options, TestContext.Current.CancellationToken);
}
