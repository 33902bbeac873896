using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;
using Assay.Reporting;
using Assay.Scoring;

namespace Assay.Tests.Readme;

/// <summary>The library example of both READMEs: what stands between the marks is what they show.</summary>
static class LibraryExample
{
    public static void Run()
    {
        // <example>
        var table = TableReader.Read("samples/quickstart/loans.csv");
        var labels = ClassLabels.Of(table["defaulted"]);
        var split = Holdout.Stratified(labels.Codes, testShare: 0.2, seed: 7);
        PreparationStep[] prepare = [new Impute(ColumnSelector.Numeric, ImputeStrategy.Median), new Standardize(ColumnSelector.Numeric), new OneHot(ColumnSelector.Categorical)];
        var network = new SequentialOptions { Layers = [new Dense(32, Activation.Relu), new Dense(1, Activation.Sigmoid)], Loss = Loss.BinaryCrossentropy, Epochs = 10 };
        var options = new TrainingOptions { Target = "defaulted", Prepare = [.. prepare], Model = network, Seed = 7 };
        var model = Trainer.Fit(table.Select(split.Train), options).Model;
        var tested = new ClassPredictions { Classes = labels.Classes, Truth = [.. split.Test.Select(row => labels.Codes[row])], Probabilities = model.Predict(table.Select(split.Test)) };
        foreach (var estimate in ClassificationEstimates.Compute(tested, ["accuracy", "f1", "roc_auc"], new EstimateOptions { Seed = 7 }))
        {
            Console.WriteLine($"{estimate.Metric} {NumberText.Of(estimate)} of {estimate.N} rows");
        }
        // </example>
    }
}
