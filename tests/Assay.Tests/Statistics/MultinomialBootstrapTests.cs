using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class MultinomialBootstrapTests
{
    // True negatives, false positives, false negatives, true positives.
    static readonly long[] _cells = [60, 10, 8, 22];

    // One class only, everything right: [1, 1] would claim to know it for sure, even of one row.
    [Fact]
    public void A_table_of_one_cell_has_no_interval() =>
        Assert.Null(MultinomialBootstrap.Interval([1], _ => 1, new BootstrapOptions { Seed = 1 }, TestContext.Current.CancellationToken));

    [Fact]
    public void It_is_the_interval_of_resampled_rows()
    {
        // scipy 1.10.1 stats.bootstrap(method='BCa', paired=True, n_resamples=400000) of F1 over the 100 rows.
        var interval = Resampled(_cells, F1, new BootstrapOptions { Seed = 1, Rounds = 100_000 });

        // The ends of 100,000 resamples have a standard error of 0.0006, and F1 jumps by 0.002 there.
        Assert.Equal(0.5614035087719298, interval!.Value.Low, 0.004);
        Assert.Equal(0.825, interval.Value.High, 0.004);
        Assert.Equal("bootstrap-bca", interval.Value.Method);
    }

    [Fact]
    public void Same_seed_same_interval_and_another_seed_another()
    {
        var options = new BootstrapOptions { Seed = 5, Rounds = 500 };
        var first = Resampled(_cells, F1, options);
        Assert.Equal(first, Resampled(_cells, F1, options));
        Assert.NotEqual(first, Resampled(_cells, F1, options with { Seed = 6 }));
    }

    [Fact]
    public void It_covers_the_truth_of_F1_at_300_rows()
    {
        const double Truth = 2 * 0.25 / (0.35 + 0.35);
        var random = new SeededRandom(8);
        var covered = Enumerable.Range(0, 600).Count(round =>
        {
            var hits = BinomialSampler.Next(random, 300, 0.25);
            var misses = BinomialSampler.Next(random, 300 - hits, 0.10 / 0.75);
            var alarms = BinomialSampler.Next(random, 300 - hits - misses, 0.10 / 0.65);
            var interval = Resampled(
                [300 - hits - misses - alarms, alarms, misses, hits], F1, new BootstrapOptions { Seed = (ulong)round, Rounds = 600 })!.Value;
            return interval.Low <= Truth && Truth <= interval.High;
        });

        // Nominal 0.95; 600 data sets have a standard error of 0.009, and BCa may be a percent short: three below, three above.
        Assert.InRange(covered / 600.0, 0.913, 0.977);
    }

    [Fact]
    public void A_perfect_score_still_has_an_uncertainty()
    {
        var interval = Resampled([50, 0, 0, 50], F1, new BootstrapOptions { Seed = 1 })!.Value;
        Assert.Equal("jeffreys", interval.Method);
        Assert.Equal(1, interval.High);

        // Errors / 2 positives: with priors of 1/2 on either error cell, about one unseen error; the 97.5 % point of its share of
        // all rows is Beta(1, 101), 0.036, and of F1 = tp / (tp + errors / 2) that makes 0.964.
        Assert.Equal(0.964, interval.Low, 0.01);
    }

    [Fact]
    public void Many_classes_do_not_drown_a_perfect_score_in_the_prior()
    {
        var cells = new long[100];
        for (var i = 0; i < 10; i++)
        {
            cells[i * 11] = 10;
        }

        var interval = Resampled(cells, Accuracy, new BootstrapOptions { Seed = 1 })!.Value;
        Assert.Equal("jeffreys", interval.Method);

        // 100 right of 100: Wilson's lower end is 0.963; the prior of 1.8 errors makes it 0.95.
        Assert.InRange(interval.Low, 0.93, 0.97);
        Assert.Equal(1, interval.High);
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(0, 1, 0, 1)]
    [InlineData(0, 5, 5, 0)]
    [InlineData(3, 1, 0, 2)]
    [InlineData(500, 3, 1, 2)]
    public void It_holds_the_value_and_stays_in_0_to_1(int tn, int fp, int fn, int tp)
    {
        long[] cells = [tn, fp, fn, tp];
        var interval = Resampled(cells, F1, new BootstrapOptions { Seed = 2 })!.Value;
        Assert.InRange(F1(cells), interval.Low, interval.High);
        Assert.InRange(interval.Low, 0, interval.High);
        Assert.InRange(interval.High, interval.Low, 1);
        Assert.True(interval.High > interval.Low);
    }

    [Fact]
    public void An_undefined_value_has_none_and_cancelling_ends_it()
    {
        Assert.Null(Resampled([7, 0, 0, 0], F1, new BootstrapOptions()));
        Assert.Null(Resampled([0, 0, 0, 0], F1, new BootstrapOptions()));
        Assert.Throws<OperationCanceledException>(() => MultinomialBootstrap.Interval(_cells, F1, new BootstrapOptions(), new CancellationToken(true)));
    }

    static double F1(ReadOnlySpan<long> cells) => 2.0 * cells[3] / (cells[1] + cells[2] + (2 * cells[3]));

    static double Accuracy(ReadOnlySpan<long> cells)
    {
        var (hits, all) = (0.0, 0.0);
        for (var i = 0; i < cells.Length; i++)
        {
            hits += i % 11 == 0 ? cells[i] : 0;
            all += cells[i];
        }

        return hits / all;
    }

    static Interval? Resampled(ReadOnlySpan<long> cells, Func<ReadOnlySpan<long>, double> statistic, BootstrapOptions options) =>
        MultinomialBootstrap.Interval(cells, statistic, options, TestContext.Current.CancellationToken);
}
