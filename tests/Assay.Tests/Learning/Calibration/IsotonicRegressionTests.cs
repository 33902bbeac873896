using Assay.Learning.Calibration;
using static Assay.Tests.Learning.Calibration.FormulaScores;
using static Assay.Tests.Learning.Linear.FormulaRows;

namespace Assay.Tests.Learning.Calibration;

// Reference values: scikit-learn 1.2.1, IsotonicRegression(out_of_bounds='clip').
public class IsotonicRegressionTests
{
    const double Tolerance = 1e-14;

    static readonly double[] _points =
        [0.015625, 0.046875, 0.0625, 0.171875, 0.1875, 0.28125, 0.296875, 0.40625, 0.421875, 0.53125, 0.546875, 0.65625, 0.671875, 0.78125, 0.796875, 0.984375];

    [Fact]
    public void Points_are_those_of_the_reference()
    {
        var (inputs, outputs) = IsotonicRegression.Fit(Scores, Targets, []);
        Assert.Equal(_points, inputs);
        AssertNear([0, 0, 0.1, 0.1, 1.0 / 3, 1.0 / 3, 4.0 / 11, 4.0 / 11, 0.5, 0.5, 0.7, 0.7, 0.8, 0.8, 1, 1], outputs, Tolerance);
        (inputs, outputs) = IsotonicRegression.Fit(Scores, Targets, FormulaScores.Weights);
        Assert.Equal(_points, inputs);
        AssertNear([0, 0, 1.0 / 11, 1.0 / 11, 4.0 / 15, 4.0 / 15, 0.32, 0.32, 4.0 / 9, 4.0 / 9, 2.0 / 3, 2.0 / 3, 0.75, 0.75, 1, 1], outputs, Tolerance);
    }

    [Fact]
    public void Ties_count_as_one_as_in_the_reference()
    {
        var (inputs, outputs) = IsotonicRegression.Fit(Array.ConvertAll(Scores, score => Math.Round(score * 8) / 8), Targets, FormulaScores.Weights);
        Assert.Equal([0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1], inputs);
        AssertNear(
            [0.07142857142857142, 0.07142857142857142, 0.3170731707317073, 0.3170731707317073, 0.5238095238095238, 0.631578947368421, 0.782608695652174, 1, 1], outputs, Tolerance);
    }

    [Fact]
    public void Rows_without_weight_are_not_there()
    {
        var (inputs, outputs) = IsotonicRegression.Fit([1, 2, 3], [0, 9, 1], [1, 0, 1]);
        Assert.Equal([1, 3], inputs);
        Assert.Equal([0, 1], outputs);
        Assert.Empty(IsotonicRegression.Fit([], [], []).Inputs);
    }

    [Fact]
    public void Pooled_values_do_not_fall_keep_the_mean_and_pooling_them_again_changes_nothing()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            var count = 1 + random.Next(40);
            var values = Enumerable.Range(0, count).Select(i => (i * 0.05) + random.NextNormal()).ToArray();
            var weights = Enumerable.Range(0, count).Select(_ => 0.1 + random.NextDouble()).ToArray();
            var pooled = (double[])[.. values];
            IsotonicRegression.Pool(pooled, weights);
            Assert.All(pooled.Zip(pooled.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
            Assert.Equal(values.Zip(weights, (value, weight) => value * weight).Sum(), pooled.Zip(weights, (value, weight) => value * weight).Sum(), 1e-10);
            var again = (double[])[.. pooled];
            IsotonicRegression.Pool(again, weights);
            AssertNear(pooled, again, 1e-12);
        }
    }
}
