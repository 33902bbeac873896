using System.Collections.Immutable;
using System.Text.Json;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Tests.Scoring;

public class ClassificationEstimatesTests
{
    static readonly EstimateOptions _options = new() { Seed = 1, Rounds = 300 };

    // yb and s of shared/golden/golden.py.
    static readonly ClassPredictions _binary = Binary([0, 0, 1, 1, 0, 1, 0, 1], [.1f, .4f, .35f, .8f, .4f, .4f, .2f, .9f]);

    // P and yt of golden.py.
    static readonly ClassPredictions _multiclass = new()
    {
        Classes = ["a", "b", "c"],
        Truth = [0, 1, 2, 2, 1, 0],
        Probabilities = [.6f, .3f, .1f, .2f, .5f, .3f, .1f, .2f, .7f, .4f, .4f, .2f, .3f, .3f, .4f, .5f, .2f, .3f],
        Excluded = 2,
    };

    [Fact]
    public void Two_classes_have_the_positive_class_and_both_averages()
    {
        var estimates = All(_binary);
        Assert.Equal(
            [
                "accuracy", "precision", "precision/macro", "precision/weighted", "recall", "recall/macro", "recall/weighted",
                "f1", "f1/macro", "f1/weighted", "roc_auc", "log_loss", "loss", "brier", "ece",
            ],
            estimates.Select(estimate => estimate.Metric));

        // golden.json for roc_auc, brier and ece; sklearn 1.2.1 accuracy_score and f1_score at threshold 0.5 for the others.
        Near(estimates, "accuracy", 0.75, "wilson");
        Near(estimates, "precision", 1, "jeffreys");
        Near(estimates, "recall", 0.5, "bootstrap-bca");
        Near(estimates, "f1", 2.0 / 3, "bootstrap-bca");
        Near(estimates, "f1/macro", 11.0 / 15, "bootstrap-bca");
        Near(estimates, "roc_auc", 0.8125, "delong");
        Near(estimates, "brier", 0.1503125, "t");
        Near(estimates, "ece", 0.13125, "bootstrap-bca");
    }

    [Fact]
    public void More_classes_have_averages_and_one_versus_rest()
    {
        var estimates = All(_multiclass);
        Assert.Equal(
            [
                "accuracy", "precision/macro", "precision/weighted", "recall/macro", "recall/weighted", "f1/macro", "f1/weighted",
                "roc_auc/ovr", "log_loss", "loss", "brier", "ece",
            ],
            estimates.Select(estimate => estimate.Metric));

        // golden.json 'roc_auc.ovr.macro' and 'log_loss'.
        Near(estimates, "roc_auc/ovr", 0.8125, "bootstrap-bca");
        Near(estimates, "log_loss", 0.8445342742641083, "t");
        Assert.All(estimates, estimate => Assert.Equal((6, 2, estimate.Metric), (estimate.N, estimate.Excluded, estimate.Definition)));
    }

    [Fact]
    public void Intervals_hold_their_values() =>
        Assert.All(All(_binary).Concat(All(_multiclass)), estimate => Assert.InRange(estimate.Value!.Value, estimate.Low!.Value, estimate.High!.Value));

    [Fact]
    public void The_seed_decides_the_intervals_and_the_other_metrics_do_not()
    {
        var all = All(_binary);
        Assert.Equal(all.AsEnumerable(), All(_binary));
        Assert.Equal(all.Single(estimate => estimate.Metric == "ece"), Compute(_binary, ["ece"], _options)[0]);
        Assert.NotEqual(
            all.Single(estimate => estimate.Metric == "ece"), Compute(_binary, ["ece"], _options with { Seed = 2 })[0]);
    }

    [Fact]
    public void The_positive_class_can_be_the_first()
    {
        var estimates = Compute(_binary with { Positive = 0 }, ["recall", "roc_auc"], _options);
        Near(estimates, "recall", 1, "jeffreys");
        Near(estimates, "roc_auc", 0.8125, "delong");
    }

    public static TheoryData<int[], float[]> Hard => new()
    {
        { [], [] },
        { [1], [.8f] },
        { [0], [.8f] },
        { [0, 1], [.2f, .8f] },
        { [1, 1, 1], [.9f, .8f, .7f] },
        { [0, 0, 0], [.1f, .2f, .3f] },
        { [0, 1, 0, 1], [.5f, .5f, .5f, .5f] },
        { [0, 1, 0, 1], [.1f, .1f, .2f, .2f] },
        { [0, 1, 0, 1], [0, 1, 0, 1] },
        { [0, 1], [float.NaN, .5f] },
        { [0, 1], [float.PositiveInfinity, .5f] },
    };

    [Theory]
    [MemberData(nameof(Hard))]
    public void Every_number_is_a_number_or_null_with_a_reason(int[] truth, float[] positive)
    {
        var predictions = Binary(truth, positive);
        var estimates = Compute(predictions, ClassificationEstimates.Known, _options).AddRange(PerClass(predictions, "y", _options));
        Assert.All(estimates, estimate =>
        {
            Assert.True(estimate.Value is not null || estimate.Reason is not null, estimate.Metric);
            Assert.True(estimate.Low is not null || estimate.Reason is not null, estimate.Metric);
            Assert.Equal(estimate.Low is null, estimate.Method is null);
        });

        // The serialiser refuses NaN and infinity.
        Assert.DoesNotContain("NaN", JsonSerializer.Serialize(estimates), StringComparison.Ordinal);
    }

    [Fact]
    public void Estimates_have_the_names_that_gates_may_use() => Assert.All(
        ClassificationEstimates.Known,
        metric => Assert.All(
            Compute(_binary, [metric], _options).AddRange(Compute(_multiclass, [metric], _options)),
            estimate => Assert.Contains(estimate.Metric, ClassificationEstimates.NamesOf(metric))));

    // Calibration errors and one-vs-one areas know no weights: the unweighted number under weights would be a wrong one.
    [Theory]
    [InlineData("ece")]
    [InlineData("ece_equal_mass")]
    [InlineData("ece_class_wise")]
    [InlineData("mce")]
    [InlineData("roc_auc_ovo")]
    public void A_metric_that_knows_no_weights_is_undefined_with_them(string metric)
    {
        var estimate = Assert.Single(ClassificationEstimates.Compute(
            _binary with { Weights = [1, 2, 1, 1, 2, 1, 1, 1] }, [metric], new EstimateOptions { Seed = 1 }, TestContext.Current.CancellationToken));
        Assert.Null(estimate.Value);
        Assert.Contains("weights", estimate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_two_are_rows_that_come_twice()
    {
        var weighted = _binary with { Weights = [1, 2, 1, 1, 2, 1, 1, 1] };
        var repeated = _binary.Select([0, 1, 1, 2, 3, 4, 4, 5, 6, 7]);
        string[] metrics = ["accuracy", "f1", "mcc", "roc_auc", "average_precision", "log_loss", "brier", "ks"];
        Assert.All(Compute(weighted, metrics, _options).Zip(Compute(repeated, metrics, _options)), pair => Assert.Equal(pair.Second.Value!.Value, pair.First.Value!.Value, 1e-9));
    }

    [Fact]
    public void Probabilities_that_do_not_sum_to_1_are_told()
    {
        var predictions = _multiclass with { Probabilities = [.. _multiclass.Probabilities.Select(probability => probability * 2)] };
        Assert.Equal("the probabilities of row 0 sum to 2, not to 1", Compute(predictions, ["log_loss"], _options)[0].Reason);
    }

    [Fact]
    public void Undefined_metrics_say_why()
    {
        Assert.Equal("no row was predicted as the class", Reason(Binary([0, 1], [.1f, .2f]), "precision"));
        Assert.Equal("every row is of the positive class", Reason(Binary([1, 1], [.1f, .2f]), "roc_auc"));
        Assert.Equal("there are no rows to score", Reason(Binary([], []), "log_loss"));
        Assert.Equal("2 of the 4 probabilities are not numbers", Reason(Binary([0, 1], [float.NaN, .5f]), "accuracy"));
        Assert.Equal("class 'b' has no row in the truth", Reason(_multiclass.Select([0, 2, 3]), "roc_auc"));
    }

    [Fact]
    public void An_unknown_metric_names_the_nearest_and_the_known_ones()
    {
        var error = Assert.Throws<UserErrorException>(() => Compute(_binary, ["acuracy"], _options));
        Assert.Contains("'acuracy'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'accuracy'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("log_loss", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_class_has_its_slice_and_agrees_with_the_positive_class()
    {
        var perClass = PerClass(_binary, "target", _options);
        Assert.Equal(6, perClass.Length);
        var recall = perClass.Single(estimate => estimate.Metric == "recall/class" && estimate.Slice!["target"] == "yes");
        var plain = All(_binary).Single(estimate => estimate.Metric == "recall");
        Assert.Equal((plain.Value, plain.Low, plain.High, 4), (recall.Value, recall.Low, recall.High, recall.N));
        Assert.Equal(2, perClass.Single(estimate => estimate.Metric == "precision/class" && estimate.Slice!["target"] == "yes").N);
    }

    [Fact]
    public void Cancelling_ends_it() =>
        Assert.ThrowsAny<OperationCanceledException>(() => ClassificationEstimates.Compute(_binary, ["f1"], _options, new CancellationToken(true)));

    static ClassPredictions Binary(int[] truth, float[] positive) => new()
    {
        Classes = ["no", "yes"],
        Truth = truth,
        Probabilities = [.. positive.SelectMany(p => new[] { 1 - p, p })],
    };

    static ImmutableArray<Estimate> All(ClassPredictions predictions) =>
        Compute(predictions, ["accuracy", "precision", "recall", "f1", "roc_auc", "log_loss", "loss", "brier", "ece"], _options);

    static string? Reason(ClassPredictions predictions, string metric) => Compute(predictions, [metric], _options)[0].Reason;

    // 1e-7: the probabilities are rounded to 32 bits.
    static void Near(IEnumerable<Estimate> estimates, string metric, double value, string method)
    {
        var estimate = estimates.Single(candidate => candidate.Metric == metric);
        Assert.Equal(value, estimate.Value!.Value, 1e-7);
        Assert.Equal(method, estimate.Method);
    }

    static ImmutableArray<Estimate> Compute(ClassPredictions predictions, IReadOnlyList<string> metrics, EstimateOptions options) =>
        ClassificationEstimates.Compute(predictions, metrics, options, TestContext.Current.CancellationToken);

    static ImmutableArray<Estimate> PerClass(ClassPredictions predictions, string target, EstimateOptions options) =>
        ClassificationEstimates.PerClass(predictions, target, options, TestContext.Current.CancellationToken);
}
