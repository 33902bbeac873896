using Assay.Data;
using Assay.Learning;
using Assay.Learning.Linear;
using Assay.Reporting;
using Assay.Scoring;

namespace Assay.Tests.Readme;

/// <summary>The example of docs/learning.md: what stands between the marks is what it shows.</summary>
static class TrainingExample
{
    public static async Task RunAsync()
    {
        // <example>
        var table = TableReader.Read("samples/quickstart/loans.csv");
        PreparationStep[] prepare = [new Impute(ColumnSelector.Numeric, ImputeStrategy.Median), new Standardize(ColumnSelector.Numeric), new OneHot(ColumnSelector.Categorical)];
        var options = new TrainingOptions { Target = "amount", Exclude = ["defaulted"], Prepare = [.. prepare], Model = new RidgeOptions { Alpha = 1 }, Seed = 7 };
        var folds = await CrossValidation.RunAsync(table, KFold.Split(table.RowCount, folds: 5, shuffleSeed: 7), options, workers: 2);
        var amount = (NumericColumn)table["amount"];
        foreach (var fold in folds)
        {
            var tested = new NumberPredictions { Truth = [.. fold.Split.Test.Select(amount.Number)], Predicted = [.. fold.Predictions.Select(value => (double)value)] };
            Console.WriteLine($"fold {fold.Number}: r2 {NumberText.Of(RegressionEstimates.Compute(tested, ["r2"], new EstimateOptions { Seed = 7 })[0])}");
        }
        Trainer.Fit(table, options).Model.Save("amount.assay");
        // </example>
    }
}
