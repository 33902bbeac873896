using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class AgreementTests
{
    static readonly long[] _table = [20, 5, 1, 4, 15, 6, 2, 3, 18];
    static readonly BootstrapOptions _options = new() { Seed = 1 };

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgreementWeights.None, 0.5742465753424658, 0.42058644836100634, 0.7279067023239253)]
    [InlineData(AgreementWeights.Linear, 0.6374030216414863, 0.4941239377591713, 0.7806821055238014)]
    [InlineData(AgreementWeights.Quadratic, 0.6997565593724642, 0.5513764474275697, 0.8481366713173586)]
    public void Cohens_kappa_is_that_of_statsmodels(AgreementWeights weights, double value, double low, double high)
    {
        // statsmodels 0.13.5 inter_rater.cohens_kappa.
        var kappa = CohenKappa.OfTable(_table, 3, weights);
        Assert.Equal(value, kappa.Value, 1e-12);
        Assert.Equal(low, kappa.Interval!.Value.Low, 1e-10);
        Assert.Equal(high, kappa.Interval.Value.High, 1e-10);
        Assert.Equal(74, kappa.N);
    }

    [Theory]
    [InlineData(AgreementWeights.None, 0.4418604651162791)]
    [InlineData(AgreementWeights.Linear, 0.5862068965517242)]
    [InlineData(AgreementWeights.Quadratic, 0.7272727272727273)]
    public void Cohens_kappa_is_the_golden_one(AgreementWeights weights, double value) =>
        Assert.Equal(value, CohenKappa.Of([0, 1, 2, 2, 1, 0, 2, 1], [0, 2, 2, 1, 1, 0, 2, 0], 3, weights).Value, 1e-12);

    [Fact]
    public void Perfect_agreement_is_not_certain()
    {
        var kappa = CohenKappa.Of([0, 1, 0, 1, 1], [0, 1, 0, 1, 1], 2);
        Assert.Equal(1, kappa.Value);
        Assert.Equal(1, kappa.Interval!.Value.High, 1e-12);
        Assert.InRange(kappa.Interval.Value.Low, -0.5, 0.9);
    }

    [Fact]
    public void Constant_raters_and_no_items_are_undefined()
    {
        Assert.Contains("same category", CohenKappa.Of([1, 1], [1, 1], 2).Reason);
        Assert.Contains("no items", CohenKappa.Of([], [], 2).Reason);
        Assert.True(double.IsNaN(CohenKappa.Of([1, 1], [1, 1], 2).Value));
        Assert.Contains("no items", FleissKappa.Of([], 2, _options, Cancel).Reason);
        Assert.Contains("two ratings", FleissKappa.Of([1, 0], 2, _options, Cancel).Reason);
        Assert.Contains("unequally", FleissKappa.Of([1, 1, 2, 1], 2, _options, Cancel).Reason);
        Assert.Contains("same category", FleissKappa.Of([3, 0, 3, 0], 2, _options, Cancel).Reason);
        Assert.Contains("two ratings", KrippendorffAlpha.Of([1, double.NaN], 2, RatingScale.Nominal, _options, Cancel).Reason);
        Assert.Contains("equal", KrippendorffAlpha.Of([1, 1, 1, 1], 2, RatingScale.Interval, _options, Cancel).Reason);
    }

    [Fact]
    public void Fleiss_kappa_is_that_of_statsmodels()
    {
        // Fleiss' example of 10 items, 14 raters, 5 categories: 0.210.
        int[] counts =
        [
            0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3, 9, 2, 0, 2, 2, 8, 1, 1,
            7, 7, 0, 0, 0, 3, 2, 6, 3, 0, 2, 5, 3, 2, 2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7,
        ];
        var kappa = FleissKappa.Of(counts, 5, _options, Cancel);
        Assert.Equal(0.20993070442195522, kappa.Value, 1e-12);
        Assert.True(kappa.Interval!.Value.Low < kappa.Value && kappa.Value < kappa.Interval.Value.High);
    }

    [Theory]
    [InlineData(RatingScale.Nominal, 0.743421052631579)]
    [InlineData(RatingScale.Ordinal, 0.8153875037548813)]
    [InlineData(RatingScale.Interval, 0.8491071428571428)]
    [InlineData(RatingScale.Ratio, 0.797402774711612)]
    public void Alpha_is_that_of_krippendorffs_example(RatingScale scale, double expected)
    {
        // Krippendorff 2011, section C and D: .743, .815, .849, .797; more digits from the coincidence matrix in numpy.
        const double X = double.NaN;
        double[] ratings =
        [
            1, 1, X, 1, 2, 2, 3, 2, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 1, 2, 3, 4,
            4, 4, 4, 4, 1, 1, 2, 1, 2, 2, 2, 2, X, 5, 5, 5, X, X, 1, 1, X, 3, X, X,
        ];
        var alpha = KrippendorffAlpha.Of(ratings, 4, scale, _options, Cancel);
        Assert.Equal(expected, alpha.Value, 1e-12);
        Assert.Equal(11, alpha.N);
        Assert.True(alpha.Interval!.Value.Low < expected && expected < alpha.Interval.Value.High);
    }
}
