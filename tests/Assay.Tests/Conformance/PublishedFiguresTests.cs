using System.Text.Json;
using Assay.Data;
using Assay.Metrics;
using Assay.Statistics;
using Assay.Tests.EndToEnd;

namespace Assay.Tests.Conformance;

/// <summary>Figures that others published, computed again from their rows (../shared/data/README.md).</summary>
public class PublishedFiguresTests
{
    [Fact]
    public async Task Mlnet_breast_cancer()
    {
        var figures = await FiguresAsync(
            "AveragedPerceptron-TrainTest-breast-cancer.txt", "--truth", "Label", "--prediction", "Assigned", "--score", "Score", "--probabilities", "Probability");
        Same(.995995, figures["roc_auc"]);
        Same(.972182, figures["accuracy"]);
        Same(.960663, figures["f1"]);
        Same(.950820, figures["precision"]);
        Same(.970711, figures["recall"]);

        // ML.NET's log-loss of two classes is of base 2.
        Same(.115962, figures["log_loss"] / Math.Log(2));
    }

    [Fact]
    public async Task Mlnet_iris()
    {
        var figures = await FiguresAsync(
            "MulticlassLogisticRegression-TrainTest-iris.txt", "--truth", "Label", "--prediction", "Assigned", "--probabilities", "#1 Score,#2 Score,#3 Score");
        Same(.98, figures["accuracy"]);
        Same(.98, figures["balanced_accuracy"]);
        Same(.072156, figures["log_loss"]);
    }

    [Fact]
    public async Task Mlnet_housing()
    {
        var figures = await FiguresAsync("FastForestRegression-TrainTest-housing.txt", "--truth", "Label", "--prediction", "Score");
        Same(2.970635, figures["mae"]);
        Same(17.744904, figures["mse"]);
        Same(4.212470, figures["rmse"]);
        Same(.789801, figures["r2"]);
    }

    [Fact]
    public void Pandalm()
    {
        var rows = Read("pandalm", "testset-v1.json");
        int[][] raters = [.. Enumerable.Range(1, 3).Select(rater => rows.Select(row => row.GetProperty($"annotator{rater}").GetInt32()).ToArray())];
        Assert.Equal(.852, Kappa(raters[0], raters[1]), 3);
        Assert.Equal(.879, Kappa(raters[0], raters[2]), 3);
        Assert.Equal(.862, Kappa(raters[1], raters[2]), 3);

        int[] majority = [.. rows.Select((_, row) => raters.Select(rater => rater[row]).GroupBy(label => label).MaxBy(group => group.Count())!.Key)];
        int[] judged = [.. Read("pandalm", "gpt-3.5-turbo-testset-v1.json").Select(row => row.GetProperty("gpt_result").GetString() switch { "1" => 1, "2" => 2, _ => 0 })];
        var matrix = ConfusionMatrix.FromLabels(majority, judged, 3);
        Assert.Equal([105, 422, 472], Enumerable.Range(0, 3).Select(matrix.TrueOf));
        Assert.Equal(.7107, Classification.Accuracy(matrix).Value, 4);
        Assert.Equal(.5879, Classification.Macro(matrix, Classification.Precision).Value, 4);
        Assert.Equal(.5736, Classification.Macro(matrix, Classification.Recall).Value, 4);
        Assert.Equal(.5755, Classification.Macro(matrix, Classification.F1).Value, 4);
    }

    [Theory]
    [InlineData("alpaca-7b", "v1", 26.4596, 1.5357)]
    [InlineData("gpt-3.5-turbo-0301", "v1", 89.3657, 1.0789)]
    [InlineData("gpt-3.5-turbo-0301", "v2", 9.6225, 0.9130)]
    public void Alpaca_eval_win_rates(string model, string version, double rate, double standardError)
    {
        // 1: the baseline is better, 2: the model is, 0 or 1.5: a draw; version 2 has the probability in between.
        double[] wins =
        [
            .. Read("alpaca_eval", model, $"{version}_annotations.json").Select(row => row.GetProperty("preference")).Where(value => value.ValueKind == JsonValueKind.Number)
                .Select(value => value.GetDouble()).Select(value => 100 * (value == 0 ? 0.5 : value - 1)),
        ];
        var interval = MeanInterval.StudentT(wins)!.Value;
        Assert.Equal(rate, (interval.Low + interval.High) / 2, 4);
        var quantile = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, wins.Length - 1, 0.975);
        Assert.Equal(standardError, (interval.High - interval.Low) / 2 / quantile, 4);
    }

    [Fact]
    public void Anscombe()
    {
        // Anscombe 1973: the same means, regression line and correlation in all four sets.
        var table = CsvReader.Read(SharedFolder.Find("data", "seaborn", "anscombe.csv"));
        var (sets, x, y) = ((CategoryColumn)table["dataset"], (NumericColumn)table["x"], (NumericColumn)table["y"]);
        Assert.All(Enumerable.Range(0, 4), set =>
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => sets.Codes[row] == set)];
            double[] truth = Array.ConvertAll(rows, row => y.Values[row]), cause = Array.ConvertAll(rows, row => x.Values[row]);
            Assert.Equal(.816, RegressionSummary.Of(truth, cause).Correlation.Value, 3e-3 / 4);
            var line = RegressionSummary.Of(truth, Array.ConvertAll(cause, value => 3 + (0.5 * value)));
            Assert.Equal(.667, line.R2().Value, 1e-3);
            Assert.Equal(7.50, truth.Average(), 2);
        });
    }

    static double Kappa(int[] first, int[] second) => Classification.CohenKappa(ConfusionMatrix.FromLabels(first, second, 3)).Value;

    // Half a unit of the sixth decimal, in which the figures are printed.
    static void Same(double published, double ours) => Assert.Equal(published, ours, 5.1e-7);

    static async Task<Dictionary<string, double>> FiguresAsync(string file, params string[] columns)
    {
        var path = SharedFolder.Find("data", "mlnet_baselines", file);
        var result = await AssayProcess.RunAsync(Path.GetTempPath(), ["metrics", path, .. columns, "--json"]);
        Assert.Equal(0, result.ExitCode);
        return result.Json["estimates"]!.AsArray().Where(estimate => estimate!["slice"] is null && estimate["value"] is not null)
            .ToDictionary(estimate => (string)estimate!["metric"]!, estimate => (double)estimate!["value"]!);
    }

    static JsonElement[] Read(params string[] path) =>
        [.. JsonDocument.Parse(File.ReadAllText(SharedFolder.Find(["data", .. path]))).RootElement.EnumerateArray()];
}
