using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class CalibrationTests
{
    static readonly float[] _predicted = [.1f, .4f, .35f, .8f, .4f, .4f, .2f, .9f];
    static readonly bool[] _outcomes = [false, false, true, true, false, true, false, true];

    [Theory]
    [InlineData(10, new[] { 0, 0, .5, 1, 1 }, new[] { 0.1, 0.2, 0.3875, 0.8, 0.9 })]
    [InlineData(5, new[] { 0, .5, 1, 1 }, new[] { 0.15, 0.3875, 0.8, 0.9 })]
    public void Bins_are_those_of_scikit_learn(int bins, double[] observed, double[] predicted)
    {
        // sklearn 1.2.1 calibration_curve(strategy='uniform') on 64-bit floats; ours are rounded to 32 bits.
        var curve = Calibration.Bins(_predicted, _outcomes, bins);
        Assert.Equal(bins, curve.Length);
        var filled = curve.Where(bin => bin.Count > 0).ToArray();
        Assert.Equal(observed, filled.Select(bin => bin.ObservedRate!.Value));
        Assert.All(filled.Zip(predicted), pair => Assert.Equal(pair.Second, pair.First.MeanPredicted!.Value, 1e-7));
        Assert.Equal(8, curve.Sum(bin => bin.Count));
        Assert.All(curve, bin => Assert.Equal(bin.Count == 0, bin.MeanPredicted is null));
    }

    [Fact]
    public void Expected_error_is_that_of_the_definition() =>
        // golden.json 'ece10.uniform'.
        Assert.Equal(0.13125, Calibration.ExpectedError(_predicted, _outcomes).Value, 1e-7);

    [Fact]
    public void Edges_belong_to_the_bin_below_and_0_to_the_first()
    {
        for (var bins = 1; bins <= 20; bins++)
        {
            for (var edge = 0; edge <= bins; edge++)
            {
                var curve = Calibration.Bins([(float)(edge / (double)bins)], [true], bins);
                Assert.Equal(1, curve[Math.Max(0, edge - 1)].Count);
            }
        }
    }

    [Fact]
    public void Nothing_and_no_number_are_undefined()
    {
        Assert.Equal("there are no rows to score", Calibration.ExpectedError([], []).Reason);
        Assert.Equal("a probability is not a number", Calibration.ExpectedError([float.NaN, .2f], [true, false]).Reason);
    }
}
