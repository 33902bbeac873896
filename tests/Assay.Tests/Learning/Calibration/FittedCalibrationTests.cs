using Assay.Learning.Calibration;
using static Assay.Tests.Learning.Calibration.FormulaScores;
using static Assay.Tests.Learning.Linear.FormulaRows;

namespace Assay.Tests.Learning.Calibration;

public class FittedCalibrationTests
{
    // Float32 probabilities, and a sigmoid whose numbers are float32.
    const double Tolerance = 1e-6;

    [Theory]
    [InlineData(CalibrationMethod.Sigmoid, new[] { 0.40980728654070264, 0.28909708479082596, 0.30109562866847134, 0.4448441479001268, 0.4069670139929347, 0.14818883810693842 })]
    [InlineData(CalibrationMethod.Isotonic, new[] { 0.4482758620689655, 0.3103448275862069, 0.24137931034482757, 0.527536231884058, 0.18840579710144928, 0.28405797101449276 })]
    public void Three_classes_are_those_of_the_reference(CalibrationMethod method, double[] expected)
    {
        // scikit-learn 1.2.1, CalibratedClassifierCV(cv='prefit').
        var calibration = FittedCalibration.Fit(FormulaScores.ThreeClasses, ThreeLabels, 3, method);
        AssertNear(expected, [.. calibration.Apply(FormulaScores.ThreeClasses)[..6].Select(value => (double)value)], Tolerance);
    }

    [Fact]
    public void Of_two_classes_the_second_is_corrected()
    {
        var calibration = FittedCalibration.Fit(FormulaScores.TwoClasses, Labels, 2, CalibrationMethod.Isotonic);
        // scikit-learn's predict of 0, 0.1, 0.33, 0.5, 0.77, 1, and half way between two points.
        float[] scores = [0, 0.1f, 0.33f, 0.5f, 0.77f, 1, 0.1796875f];
        var corrected = calibration.Apply([.. scores.SelectMany(score => (float[])[1 - score, score])]).Chunk(2).ToArray();
        AssertNear([0, 0.1, 4.0 / 11, 0.5, 0.8, 1, (0.1 + (1.0 / 3)) / 2], [.. corrected.Select(row => (double)row[1])], Tolerance);
        Assert.All(corrected, row => Assert.Equal(1, row[0] + row[1], Tolerance));
    }

    [Theory]
    [InlineData(CalibrationMethod.Sigmoid)]
    [InlineData(CalibrationMethod.SigmoidOfLogOdds)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Corrected_probabilities_have_the_mean_of_the_labels_or_nearly(CalibrationMethod method)
    {
        var calibration = FittedCalibration.Fit(FormulaScores.TwoClasses, Labels, 2, method);
        var mean = calibration.Apply(FormulaScores.TwoClasses).Chunk(2).Average(row => row[1]);
        Assert.Equal(Labels.Average(), mean, method == CalibrationMethod.Isotonic ? 1e-6 : 0.01);
    }

    [Fact]
    public void Log_odds_leave_right_probabilities_as_they_are()
    {
        var random = new SeededRandom(3);
        var scores = Enumerable.Range(0, 20000).Select(_ => (float)random.NextDouble()).ToArray();
        var labels = scores.Select(score => random.NextDouble() < score ? 1 : 0).ToArray();
        var calibration = FittedCalibration.Fit([.. scores.SelectMany(score => (float[])[1 - score, score])], labels, 2, CalibrationMethod.SigmoidOfLogOdds);
        foreach (var score in (float[])[0.05f, 0.3f, 0.5f, 0.9f])
        {
            Assert.Equal(score, calibration.Apply([1 - score, score])[1], 0.02);
        }
    }

    [Fact]
    public void A_class_without_rows_and_a_sum_of_zero_give_probabilities()
    {
        var calibration = FittedCalibration.Fit([0.2f, 0.8f, 0, 0.9f, 0.1f, 0], [1, 0], 3, CalibrationMethod.Isotonic);
        Assert.All(calibration.Apply([0, 0, 1, 0.5f, 0.5f, 0]).Chunk(3), row => Assert.Equal(1, row.Sum(), Tolerance));
        Assert.All(FittedCalibration.Fit([0.5f, 0.5f], [0], 2, CalibrationMethod.Sigmoid).Apply([0.1f, 0.9f]), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Bad_input_is_said()
    {
        Assert.Contains("no rows", Assert.Throws<UserErrorException>(() => FittedCalibration.Fit([], [], 2, CalibrationMethod.Isotonic)).Message, StringComparison.Ordinal);
        Assert.Contains("class 1 in row 1 is NaN", Assert.Throws<UserErrorException>(() => FittedCalibration.Fit([0.5f, float.NaN], [0], 2, CalibrationMethod.Isotonic)).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => FittedCalibration.Fit([0.5f, 0.5f], [0], 2, CalibrationMethod.Isotonic, [0]));
        Assert.Throws<ArgumentException>(() => FittedCalibration.Fit([0.5f, 0.5f], [2], 2, CalibrationMethod.Isotonic));
    }
}
