using Assay.Learning.Calibration;
using static Assay.Tests.Learning.Calibration.FormulaScores;

namespace Assay.Tests.Learning.Calibration;

// Reference values: scikit-learn 1.2.1, _SigmoidCalibration with BFGS's gtol 1e-12, which itself ends within about 1e-9.
public class PlattScalingTests
{
    const double Tolerance = 1e-7;

    [Fact]
    public void Sigmoid_is_that_of_the_reference()
    {
        var (a, b) = PlattScaling.Fit(Scores, Positive, []);
        Assert.Equal(-4.834213507336585, a, Tolerance);
        Assert.Equal(2.0869184323113776, b, Tolerance);
        (a, b) = PlattScaling.Fit(Scores, Positive, Weights);
        Assert.Equal(-5.126656419068276, a, Tolerance);
        Assert.Equal(2.4340339021345563, b, Tolerance);
        (a, b) = PlattScaling.Fit(Array.ConvertAll(Scores, score => Math.Log(score / (1 - score))), Positive, []);
        Assert.Equal(-0.9253068428668892, a, Tolerance);
        Assert.Equal(-0.3231424543177604, b, Tolerance);
    }

    [Fact]
    public void Scores_on_another_scale_give_the_same_probabilities()
    {
        var (a, b) = PlattScaling.Fit(Scores, Positive, []);
        var (c, d) = PlattScaling.Fit(Array.ConvertAll(Scores, score => (score * 1e6) + 5e6), Positive, []);
        Assert.Equal(PlattScaling.Apply(a, b, 0.3), PlattScaling.Apply(c, d, 5.3e6), 1e-9);
    }

    [Fact]
    public void Separable_alike_and_one_sided_scores_stay_finite()
    {
        var (a, b) = PlattScaling.Fit([1, 2, 3, 4], [false, false, true, true], []);
        Assert.InRange(PlattScaling.Apply(a, b, 4), 0.7, 1);
        Assert.True(double.IsFinite(a) && double.IsFinite(b));
        (a, b) = PlattScaling.Fit([0.5, 0.5, 0.5], [true, true, false], []);
        Assert.Equal(0, a);
        Assert.InRange(PlattScaling.Apply(a, b, 0.5), 0.5, 2.0 / 3);
        (a, b) = PlattScaling.Fit([0.1, 0.5, 0.9], [true, true, true], []);
        Assert.Equal(0.8, PlattScaling.Apply(a, b, 0.5), 1e-6);
    }
}
