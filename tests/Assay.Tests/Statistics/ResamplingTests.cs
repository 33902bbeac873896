using Assay.Statistics;

namespace Assay.Tests.Statistics;

/// <summary>Bootstraps of means and clusters, and the tests that resample.</summary>
public class ResamplingTests
{
    static readonly double[] _differences = [.12, -.05, .3, .08, -.11, .22, .17, .05, -.02, .4, .01, .13];
    static readonly double[] _first = [1.1, 2.3, .4, 5.6, 3.3, 2.1];
    static readonly double[] _second = [2.2, 7.1, 6.5, 4.4, 9.9, 3.8, 1.0];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_means_bootstrap_is_scipys()
    {
        // scipy 1.10.1 bootstrap(np.mean, n_resamples=200000): percentile [0.05154, 0.80615], BCa [0.08231, 1.21538]. The ends of 100,000
        // resamples have standard errors near 0.002, and 0.01 for the upper BCa end, which lies far out in the tail.
        double[] values = [.. _differences, 3];
        var options = new BootstrapOptions { Seed = 1, Rounds = 100_000 };
        var (percentile, bca) = (MeanBootstrap.Percentile(values, options, Cancel)!.Value, MeanBootstrap.Bca(values, options, Cancel)!.Value);
        Assert.Equal(0.05154, percentile.Low, 0.008);
        Assert.Equal(0.80615, percentile.High, 0.008);
        Assert.Equal(0.08231, bca.Low, 0.008);
        Assert.Equal(1.21538, bca.High, 0.04);
        Assert.Equal(("bootstrap-percentile", "bootstrap-bca"), (percentile.Method, bca.Method));
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1003)]
    public void Counting_by_poisson_is_drawing_with_replacement(int n)
    {
        // The variance of resampled means is that of the values (n below the line) / n; their quantiles those of the general bootstrap.
        // 40,000 rounds: the standard error of an end is about 0.013 of a standard error of the mean; five of them, twice.
        var random = new SeededRandom(2);
        double[] values = [.. Enumerable.Range(0, n).Select(_ => random.NextExponential())];
        var options = new BootstrapOptions { Seed = 5, Rounds = 40_000 };
        var fast = MeanBootstrap.Percentile(values, options, Cancel)!.Value;
        var general = Bootstrap.Percentile(n, rows => Mean(values, rows), options with { Seed = 6 }, Cancel)!.Value;
        var error = 1 / Math.Sqrt(n);
        Assert.Equal(general.Low, fast.Low, 0.1 * error);
        Assert.Equal(general.High, fast.High, 0.1 * error);
    }

    [Fact]
    public void Results_depend_on_the_seed_and_not_on_the_threads()
    {
        var random = new SeededRandom(2);
        double[] values = [.. Enumerable.Range(0, 500).Select(_ => random.NextNormal() + .1)];
        var one = new BootstrapOptions { Seed = 3, Rounds = 500, Threads = 1 };
        var many = one with { Threads = 7 };
        Assert.Equal(MeanBootstrap.Bca(values, one, Cancel), MeanBootstrap.Bca(values, many, Cancel));
        Assert.Equal(SignFlip.Test(values, one, Cancel), SignFlip.Test(values, many, Cancel));
        Assert.Equal(PairedBootstrap.Test(values, one, Cancel), PairedBootstrap.Test(values, many, Cancel));
        Assert.Equal(PermutationTest.TwoSamples(values, _second, one, Cancel), PermutationTest.TwoSamples(values, _second, many, Cancel));
        Assert.NotEqual(MeanBootstrap.Bca(values, one, Cancel), MeanBootstrap.Bca(values, one with { Seed = 4 }, Cancel));
    }

    [Fact]
    public void Sign_flips_of_few_differences_are_all_tried()
    {
        // scipy 1.10.1 permutation_test(permutation_type='samples', n_resamples=inf).
        var exact = SignFlip.Test(_differences, new BootstrapOptions { Rounds = 4096 }, Cancel);
        Assert.Equal(0.02685546875, exact.PValue, 1e-12);

        // Standard error of the share at 20,000 rounds: 0.0011.
        Assert.Equal(0.02685546875, SignFlip.Test([.. _differences, .. new double[10]], new BootstrapOptions { Rounds = 20_000, Seed = 1 }, Cancel).PValue, 0.006);
    }

    [Fact]
    public void The_permutation_test_is_scipys_exact_one()
    {
        // permutation_test(permutation_type='independent', n_resamples=inf): 0.10606; standard error at 40,000 rounds 0.0015. Welch: ttest_ind.
        var test = PermutationTest.TwoSamples(_first, _second, new BootstrapOptions { Rounds = 40_000, Seed = 1 }, Cancel);
        Assert.Equal(0.10606060606060606, test.PValue, 0.008);
        Assert.True(test.Interval!.Value.Low < test.Effect && test.Interval.Value.High > 0);
        Assert.Equal("welch-t", test.Interval.Value.Method);
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(3, 300)]
    [InlineData(500, 250)]
    public void P_values_are_uniform_where_there_is_no_difference(int n, int m)
    {
        // 1000 tests: at 0.1 between 62 and 138 alarms is four standard errors (9.5) around 100. With one value against 40, p moves in steps of 1/41.
        var random = new SeededRandom(8);
        var alarms = 0;
        for (var run = 0; run < 1000; run++)
        {
            double[] first = [.. Enumerable.Range(0, n).Select(_ => random.NextExponential())];
            double[] second = [.. Enumerable.Range(0, m).Select(_ => random.NextExponential())];
            alarms += PermutationTest.TwoSamples(first, second, new BootstrapOptions { Rounds = 99, Seed = (ulong)run }, Cancel).PValue <= 0.1 ? 1 : 0;
        }

        Assert.InRange(alarms, 62, 138);
    }

    [Fact]
    public void A_paired_bootstrap_of_any_statistic_agrees_with_that_of_means()
    {
        var options = new BootstrapOptions { Rounds = 20_000, Seed = 1 };
        var means = PairedBootstrap.Test(_differences, options, Cancel);
        var any = PairedBootstrap.Test(12, rows => Mean(_differences, rows), _ => 0, options with { Seed = 2 }, Cancel);
        Assert.Equal(means.Effect, any.Effect, 1e-12);
        Assert.Equal(means.PValue, any.PValue, 0.01);
        Assert.Equal(means.Interval!.Value.Low, any.Interval!.Value.Low, 0.006);
        Assert.Contains("undefined", PairedBootstrap.Test(3, _ => double.NaN, _ => 0, options, Cancel).Reason);
    }

    [Fact]
    public void A_cluster_bootstrap_is_as_wide_as_the_clustered_standard_error_says()
    {
        var random = new SeededRandom(4);
        int[] clusters = [.. Enumerable.Range(0, 600).Select(i => i / 10)];
        double[] shared = [.. Enumerable.Range(0, 60).Select(_ => random.NextNormal())];
        double[] values = [.. clusters.Select(cluster => shared[cluster] + random.NextNormal())];
        var options = new BootstrapOptions { Seed = 1, Rounds = 4000 };
        var bca = ClusterBootstrap.Bca(clusters, rows => Mean(values, rows), options, Cancel)!.Value;
        var percentile = ClusterBootstrap.Percentile(clusters, rows => Mean(values, rows), options, Cancel)!.Value;
        var t = ClusteredMean.Interval(values, clusters)!.Value;

        // 60 clusters, near normal: the widths differ by t against z (2 %), C against C - 1 (1 %) and the rounds (3 %).
        Assert.Equal(1, (bca.High - bca.Low) / (t.High - t.Low), 0.1);
        Assert.Equal(1, (percentile.High - percentile.Low) / (t.High - t.Low), 0.1);
        Assert.Equal("cluster-bootstrap-bca", bca.Method);
        Assert.Null(ClusterBootstrap.Bca([1, 1], rows => Mean(values, rows), options, Cancel));
    }

    [Fact]
    public void Bca_of_a_skewed_mean_covers_nearer_its_level_than_t_above()
    {
        // Exponential values, n = 40, 1000 runs of 400 rounds: BCa covers about 0.925 (Efron and Tibshirani 1993); standard error 0.008.
        var random = new SeededRandom(11);
        var covered = 0;
        for (var run = 0; run < 1000; run++)
        {
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => random.NextExponential())];
            covered += MeanBootstrap.Bca(values, new BootstrapOptions { Rounds = 400, Seed = (ulong)run }, Cancel) is { Low: <= 1, High: >= 1 } ? 1 : 0;
        }

        Assert.InRange(covered, 890, 965);
    }

    [Fact]
    public void Bad_input_has_a_reason_or_no_interval()
    {
        var options = new BootstrapOptions();
        Assert.Null(MeanBootstrap.Bca([], options, Cancel));
        Assert.Null(MeanBootstrap.Bca([1], options, Cancel));
        Assert.Null(MeanBootstrap.Bca([1, 1], options, Cancel));
        Assert.Null(MeanBootstrap.Percentile([1, double.NaN], options, Cancel));
        Assert.NotNull(MeanBootstrap.Bca([1, 2], options, Cancel));
        Assert.NotNull(SignFlip.Test([], options, Cancel).Reason);
        Assert.NotNull(SignFlip.Test([0, 0, 0], options, Cancel).Reason);
        Assert.NotNull(SignFlip.Test([1, double.NaN], options, Cancel).Reason);
        Assert.Equal(1, SignFlip.Test([1, -1], options, Cancel).PValue);
        Assert.Equal(.5, SignFlip.Test([1, 1], options, Cancel).PValue);
        Assert.NotNull(PermutationTest.TwoSamples([], [1], options, Cancel).Reason);
        Assert.NotNull(PermutationTest.TwoSamples([2, 2], [2], options, Cancel).Reason);
        Assert.NotNull(PermutationTest.TwoSamples([2, double.NaN], [2], options, Cancel).Reason);
        Assert.Equal(1, PermutationTest.TwoSamples([1], [2], options, Cancel).PValue);
        Assert.NotNull(PairedBootstrap.Test([1], options, Cancel).Reason);
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        var cancelled = new CancellationToken(true);
        Assert.ThrowsAny<OperationCanceledException>(() => MeanBootstrap.Bca(_differences, new BootstrapOptions(), cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => PermutationTest.TwoSamples(_first, _second, new BootstrapOptions(), cancelled));
    }

    static double Mean(double[] values, ReadOnlySpan<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += values[row];
        }

        return sum / rows.Length;
    }
}
