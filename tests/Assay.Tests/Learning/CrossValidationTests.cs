using Assay.Data;
using Assay.Learning;

namespace Assay.Tests.Learning;

public class CrossValidationTests
{
    static readonly Table _table = Flowers.Table();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_number_of_workers_gives_the_same_bits()
    {
        var splits = KFold.Split(_table.RowCount, 4, 1);
        var one = await CrossValidation.RunAsync(_table, splits, Flowers.Training, 1, null, Token);
        var three = await CrossValidation.RunAsync(_table, splits, Flowers.Training, 3, null, Token);
        Assert.Equal([1, 2, 3, 4], one.Select(fold => fold.Number));
        Assert.Equal(splits, one.Select(fold => fold.Split));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(one[i].Predictions, three[i].Predictions);
            Assert.Equal(one[i].Training.History.Epochs, three[i].Training.History.Epochs);
        }
    }

    [Fact]
    public async Task Test_rows_are_predicted_in_their_order_by_the_folds_own_model()
    {
        var splits = KFold.Split(_table.RowCount, 3, 1);
        var folds = await CrossValidation.RunAsync(_table, splits, Flowers.Training, 2, null, Token);
        Assert.All(folds, fold =>
        {
            var rows = _table.Select(fold.Split.Test);
            Assert.Equal(fold.Training.Model.Predict(rows, Token), fold.Predictions);
            Assert.InRange(Flowers.Accuracy(rows, fold.Predictions), 0.8, 1);
        });
        Assert.NotEqual(folds[0].Training.History.Epochs[0], folds[1].Training.History.Epochs[0]);
    }

    [Fact]
    public async Task A_fold_without_a_class_still_knows_it()
    {
        var labels = ClassLabels.Of(_table["species"]).Codes;
        var rows = Enumerable.Range(0, labels.Length).ToArray();
        var split = new Split([.. rows.Where(row => labels[row] != 1)], [.. rows.Where(row => labels[row] == 1)]);
        var fold = Assert.Single(await CrossValidation.RunAsync(_table, [split], Flowers.Training, 1, null, Token));
        Assert.Equal(3, fold.Training.Model.Classes.Length);
        Assert.Equal(split.Test.Length * 3, fold.Predictions.Length);
    }

    [Fact]
    public async Task Errors_and_cancelling_reach_the_caller()
    {
        var splits = KFold.Split(_table.RowCount, 3, 1);
        await Assert.ThrowsAsync<UserErrorException>(() => CrossValidation.RunAsync(_table, splits, Flowers.Training with { Prepare = [] }, 2, null, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CrossValidation.RunAsync(_table, splits, Flowers.Training, 2, null, new CancellationToken(true)));
    }
}
