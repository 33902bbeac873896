using System.Text.Json;
using Assay.Metrics;

namespace Assay.Tests.Conformance;

/// <summary>
/// The metric values of ../shared/golden/golden.json (scikit-learn 1.2.1, inputs in golden.py). Where newer versions differ it is said:
/// roc_auc of one class (nan since 1.6, an error before), the first ROC threshold (inf since 1.3, largest score + 1 before), F of an absent
/// class with zero_division (1.4's rule), log_loss without renormalised rows (1.5), multiclass Brier (1.7).
/// </summary>
public class GoldenMetricsTests
{
    const double Tolerance = 1e-12;

    static readonly ConfusionMatrix _matrix = ConfusionMatrix.FromLabels([0, 1, 2, 2, 1, 0, 2, 1], [0, 2, 2, 1, 1, 0, 2, 0], 3);
    static readonly ConfusionMatrix _neverPredicted = ConfusionMatrix.FromLabels([0, 1, 2], [0, 0, 0], 3);
    static readonly double[] _scores = [.1, .4, .35, .8, .4, .4, .2, .9];
    static readonly bool[] _positives = [false, false, true, true, false, true, false, true];
    static readonly double[] _probabilities = [.6, .3, .1, .2, .5, .3, .1, .2, .7, .4, .4, .2, .3, .3, .4, .5, .2, .3];
    static readonly int[] _classes = [0, 1, 2, 2, 1, 0];
    static readonly Func<ConfusionMatrix, int, MetricValue>[] _prf = [Classification.Precision, Classification.Recall, Classification.F1];

    static ScoreSummary Ranking => ScoreSummary.Of(_scores, _positives);

    [Fact]
    public void Averages_of_precision_recall_and_f()
    {
        Same("prf.macro", [.. _prf.Select(metric => Classification.Macro(_matrix, metric))]);
        Same("prf.micro", [.. _prf.Select(metric => Classification.Micro(_matrix, metric))]);
        Same("prf.weighted", [.. _prf.Select(metric => Classification.Weighted(_matrix, metric))]);
        Same("prf.macro.never_predicted", [.. _prf.Select(metric => Classification.Macro(_neverPredicted, metric))]);
        Same("fbeta2.macro", Classification.Macro(_matrix, (matrix, label) => Classification.FBeta(matrix, label, 2)));
        Same("jaccard.macro", Classification.Macro(_matrix, Classification.Jaccard));
    }

    [Fact]
    public void Zero_division_is_a_choice()
    {
        var golden = Golden("prf.none.zd1");
        for (var metric = 0; metric < 3; metric++)
        {
            for (var label = 0; label < 3; label++)
            {
                Assert.Equal(golden[metric][label].GetDouble(), _prf[metric](_neverPredicted, label).Or(ZeroDivision.One).Value, Tolerance);
            }
        }

        var absent = Classification.F1(ConfusionMatrix.FromLabels([0, 0], [0, 0], 2), 1);
        Same("f1.nopos.zd0_zd1", absent.Or(ZeroDivision.Zero), absent.Or(ZeroDivision.One));
    }

    [Fact]
    public void Metrics_of_the_whole_matrix()
    {
        var onlyPredicted = ConfusionMatrix.FromLabels([0, 0, 1], [0, 2, 1], 3);
        Same("hamming", Classification.ZeroOneLoss(_matrix));
        Same("balanced_accuracy", Classification.BalancedAccuracy(_matrix), Classification.BalancedAccuracy(_matrix, adjusted: true), Classification.BalancedAccuracy(onlyPredicted));

        // scikit-learn's 0 of a constant truth is a value by convention: ours is undefined until asked for it.
        var constant = Classification.Matthews(ConfusionMatrix.FromLabels([1, 1, 1], [1, 1, 0], 2));
        Assert.False(constant.IsDefined);
        Same("mcc", Classification.Matthews(_matrix), constant.Or(ZeroDivision.Zero));
        Same(
            "kappa",
            Classification.CohenKappa(_matrix), Classification.CohenKappa(_matrix, KappaWeights.Linear), Classification.CohenKappa(_matrix, KappaWeights.Quadratic),
            Classification.CohenKappa(ConfusionMatrix.FromLabels([1, 1], [1, 1], 2)));
    }

    [Fact]
    public void Areas()
    {
        Same("roc_auc.ties", RocAuc.Binary(Ranking));
        Same("pauc.maxfpr.5", RocAuc.Partial(Ranking, 0.5));
        Same("ap.ties", AveragePrecision.Of(Ranking));
        Same("roc_auc.ovr.macro", MulticlassAuc.OneVsRest(_probabilities, 3, _classes));
        Same("roc_auc.ovr.weighted", MulticlassAuc.OneVsRest(_probabilities, 3, _classes, ClassAverage.Weighted));
        Same("roc_auc.ovo.macro", MulticlassAuc.OneVsOne(_probabilities, 3, _classes));
        Same("roc_auc.ovo.weighted", MulticlassAuc.OneVsOne(_probabilities, 3, _classes, ClassAverage.Weighted));
    }

    [Fact]
    public void Curves()
    {
        // scikit-learn drops the point on a straight line (threshold .2); the first threshold was the largest score + 1, and is inf since 1.3.
        var roc = RocCurve.Compute(Ranking).Where(point => point.Threshold != .2).ToArray();
        var golden = Golden("roc_curve");
        Same(golden[0], [.. roc.Select(point => point.FalsePositiveRate)]);
        Same(golden[1], [.. roc.Select(point => point.TruePositiveRate)]);
        Same(golden[2], [.. roc.Select(point => point.Threshold ?? 1.9)]);

        var curve = PrecisionRecallCurve.Compute(Ranking);
        var expected = Golden("pr_curve");
        Same(expected[0], [.. curve.Select(point => point.Precision)]);
        Same(expected[1], [.. curve.Select(point => point.Recall)]);
        Same(expected[2], [.. curve.SkipLast(1).Select(point => point.Threshold!.Value)]);
    }

    [Fact]
    public void Probabilities()
    {
        Same(
            "log_loss",
            LogLoss.Mean(_probabilities, 3, _classes), LogLoss.Mean([0, 1, 1, 0], 2, [0, 1]), LogLoss.Mean([0, 1, 1, 0], 2, [0, 1], LogLoss.Float32Epsilon));
        Same("brier", Brier.Mean([.. _scores.SelectMany(p => new[] { 1 - p, p })], 2, [0, 0, 1, 1, 0, 1, 0, 1]));
        Same("topk2", TopK.Accuracy(_probabilities, 3, _classes, 2));

        // 1e-7: calibration is of 32-bit probabilities.
        Assert.Equal(Golden("ece10.uniform").GetDouble(), Calibration.ExpectedError(Array.ConvertAll(_scores, p => (float)p), _positives).Value, 1e-7);
    }

    [Fact]
    public void Rankings()
    {
        Same("ndcg.ties", Ndcg.Normalized([3, 2, 0], [1, 1, 0]));
        Same("dcg@2", Ndcg.Gain([3, 2, 0, 1], [.9, .1, .8, .2], 2));
    }

    [Fact]
    public void Regressions()
    {
        double[] truth = [3, -.5, 2, 7], predicted = [2.5, 0, 2, 8];
        var constant = RegressionSummary.Of([1, 1, 1], [1, 1, 2]);
        Same("r2", [.. new[] { RegressionSummary.Of(truth, predicted).R2(), RegressionSummary.Of([1, 1, 1], [1, 1, 1]).R2(), constant.R2() }], firstOnly: 3);
        Assert.Equal("the truth does not vary: minus infinity", constant.R2(forceFinite: false).Reason);
        Assert.Equal(Golden("mape.zero").GetDouble(), RegressionSummary.Of([0, 1], [1, 1]).MeanAbsolutePercentageError.Value);
        Same("msle", RegressionSummary.Of([3, 5, 2.5, 7], [2.5, 5, 4, 8]).MeanSquaredLogError);
        Same("pinball.1", Regression.Pinball([1, 2, 3], [0, 2, 3], 0.1));
        Same("d2_abs", Regression.D2Absolute(truth, predicted));
        Same("poisson_dev", Deviance.Poisson([2, 0, 1, 4], [.5, .5, 2, 2]));
    }

    static void Same(string name, params MetricValue[] actual) => Same(name, actual, actual.Length);

    static void Same(string name, MetricValue[] actual, int firstOnly)
    {
        var golden = Golden(name);
        double[] expected = golden.ValueKind == JsonValueKind.Array ? [.. golden.EnumerateArray().Take(firstOnly).Select(Number)] : [Number(golden)];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            double.IsNaN(pair.First) ? !pair.Second.IsDefined : Math.Abs(pair.First - pair.Second.Value) <= Tolerance, $"{name}: expected {pair.First}, found {pair.Second}"));
    }

    static void Same(JsonElement golden, double[] actual)
    {
        double[] expected = [.. golden.EnumerateArray().Select(Number)];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();

    // The file holds Python's NaN and -Infinity, which are not JSON; null stands for them here.
    static JsonElement Golden(string name)
    {
        var text = File.ReadAllText(SharedFolder.Find("golden", "golden.json")).Replace("-Infinity", "null", StringComparison.Ordinal).Replace("NaN", "null", StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement.GetProperty(name);
    }
}
