using Assay.Scoring;

namespace Assay.Tests.Scoring;

public class RepeatedRowsTests
{
    static readonly string[] _metrics = ["accuracy", "f1", "roc_auc", "log_loss", "brier", "average_precision", "ece"];

    // Copies of a prediction tell nothing new: what is known is known of rows.
    [Fact]
    public void Copies_of_every_prediction_change_neither_values_nor_how_sure_they_are()
    {
        var once = Predictions(200, [.. Enumerable.Range(0, 200)]);
        var thrice = Predictions(200, [.. Enumerable.Range(0, 200).SelectMany(row => Enumerable.Repeat(row, 3))]);
        foreach (var (single, repeated) in Of(once).Zip(Of(thrice)))
        {
            Assert.Equal(single.Value!.Value, repeated.Value!.Value, 1e-12);
            Assert.Equal(single.N, repeated.N);

            // Two sorts of interval, and resampling: within a fifth of each other's width; taken for independent it were 0.58 of it.
            Assert.InRange((repeated.High - repeated.Low)!.Value / (single.High - single.Low)!.Value, 0.8, 1.25);
        }
    }

    [Fact]
    public void A_row_tested_more_often_counts_no_more()
    {
        // Row 0, always wrong, is tested five times; rows 1 to 4 once, and right.
        int[] rows = [0, 0, 0, 0, 0, 1, 2, 3, 4];
        var predictions = new ClassPredictions
        {
            Classes = ["a", "b"],
            Truth = [.. rows.Select(row => row % 2)],
            Assigned = [.. rows.Select(row => row == 0 ? 1 : row % 2)],
            Rows = rows,
            Weights = [.. rows.Select(row => row == 0 ? 0.2 : 1)],
        };
        var accuracy = ClassificationEstimates.Compute(predictions, ["accuracy"], new EstimateOptions(), TestContext.Current.CancellationToken)[0];
        Assert.Equal((0.8, 5), (accuracy.Value!.Value, accuracy.N));
    }

    [Fact]
    public void Predictions_of_one_fold_are_rows_of_their_own_again()
    {
        var repeated = Predictions(50, [.. Enumerable.Range(0, 50).Concat(Enumerable.Range(0, 50)).Order()]);
        var first = repeated.Select([.. Enumerable.Range(0, 50).Select(i => 2 * i)]);
        Assert.Equal((true, 50), (first.Rows is null, first.RowCount));
        Assert.NotNull(repeated.Select([0, 1, 2]).Rows);
    }

    [Fact]
    public void All_right_is_as_sure_as_its_rows_allow()
    {
        var predictions = new ClassPredictions { Classes = ["a", "b"], Truth = [0, 0, 1, 1], Assigned = [0, 0, 1, 1], Rows = [0, 0, 1, 1] };
        var accuracy = ClassificationEstimates.Compute(predictions, ["accuracy"], new EstimateOptions(), TestContext.Current.CancellationToken)[0];

        // Wilson's interval of 2 of 2, not of 4 of 4.
        Assert.Equal("wilson", accuracy.Method);
        Assert.Equal(0.3423802275066531, accuracy.Low!.Value, 1e-14);
    }

    static IEnumerable<Assay.Statistics.Estimate> Of(ClassPredictions predictions) =>
        ClassificationEstimates.Compute(predictions, _metrics, new EstimateOptions { Seed = 3 }, TestContext.Current.CancellationToken).Where(estimate => estimate.Metric is not ("f1/macro" or "f1/weighted"));

    static ClassPredictions Predictions(int count, int[] rows)
    {
        var random = new SeededRandom(11);
        var scores = Enumerable.Range(0, count).Select(row => (float)(1 / (1 + Math.Exp(-((row % 2) - 0.5 + random.NextNormal()))))).ToArray();
        return new ClassPredictions
        {
            Classes = ["no", "yes"],
            Truth = [.. rows.Select(row => row % 2)],
            Probabilities = [.. rows.SelectMany(row => (float[])[1 - scores[row], scores[row]])],
            Rows = rows.Length == count ? null : rows,
        };
    }
}
