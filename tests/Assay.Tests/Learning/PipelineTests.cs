using Assay.Data;
using Assay.Learning;
using Assay.Learning.Baselines;
using Assay.Learning.Calibration;
using Assay.Learning.Linear;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning;

public sealed class PipelineTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("assay").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Path => System.IO.Path.Combine(_folder, "model.assay");

    public void Dispose() => Directory.Delete(_folder, true);

    public static TheoryData<string> Kinds => ["sequential", "logistic", "majority", "linear", "ridge", "mean", "network of numbers", "two numbers", "calibrated", "isotonic"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_pipeline_of_every_kind_is_saved_and_loaded_bit_for_bit(string kind)
    {
        var table = Flowers.Table();
        var model = Trainer.Fit(table, OptionsOf(kind), null, Token).Model;
        model.Save(Path);
        var loaded = TrainedModel.Load(Path);
        Assert.Equal(model.Predict(table, Token), loaded.Predict(table, Token));
        Assert.Equal(model.Outputs.Kind, loaded.Outputs.Kind);
        Assert.Equal(model.Outputs.Names, loaded.Outputs.Names);
        Assert.Equal(model.History.Epochs, loaded.History.Epochs);
        Assert.Equal(model.Options.Name, loaded.Options.Name);
        var first = File.ReadAllBytes(Path);
        loaded.Save(Path);
        Assert.Equal(first, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData("species", TargetKind.Classes)]
    [InlineData("length", TargetKind.Numbers)]
    [InlineData("id", TargetKind.Numbers)]
    [InlineData("petals", TargetKind.Classes)]
    public void What_a_target_holds_is_told_by_its_values(string target, TargetKind expected) =>
        Assert.Equal(expected, Trainer.TargetKindOf(WithPetals(), target));

    [Fact]
    public void The_kind_of_a_target_can_be_said()
    {
        var options = OptionsOf("linear") with { Target = "petals", TargetKind = TargetKind.Numbers };
        Assert.Equal(["petals"], Trainer.Fit(WithPetals(), options, null, Token).Model.Outputs.Names);
        var message = Assert.Throws<UserErrorException>(() => Trainer.Fit(WithPetals(), OptionsOf("linear") with { Target = "species", TargetKind = TargetKind.Numbers }, null, Token)).Message;
        Assert.Contains("'species' holds category values", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_kind_of_target_is_refused_with_the_model_that_fits()
    {
        var message = Assert.Throws<UserErrorException>(() => Trainer.Fit(Flowers.Table(), OptionsOf("linear") with { Target = "species" }, null, Token)).Message;
        Assert.Contains("logistic", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Least_squares_find_the_line_that_made_the_numbers()
    {
        var x = Enumerable.Range(0, 50).Select(i => i / 7.0).ToArray();
        var table = new Table([new NumericColumn("x", ColumnKind.Number, x), new NumericColumn("y", ColumnKind.Number, [.. x.Select(value => 1e6 + (3 * value))])]);
        var model = Trainer.Fit(table, new TrainingOptions { Target = "y", Model = new LinearOptions(), ScaleTarget = true }, null, Token).Model;
        Assert.All(model.Predict(table, Token).Zip(x), pair => Assert.Equal(1e6 + (3 * pair.Second), pair.First, 0.1));
    }

    [Fact]
    public void A_scaled_target_lets_a_network_learn_numbers_far_from_zero()
    {
        var table = Far(Flowers.Table());
        var options = OptionsOf("network of numbers");
        var far = Error(Trainer.Fit(table, options with { ScaleTarget = true }, null, Token).Model.Predict(table, Token), table);
        var plain = Error(Trainer.Fit(table, options, null, Token).Model.Predict(table, Token), table);
        Assert.True(far < 0.6, $"{far}");
        Assert.True(plain > 10 * far, $"{plain}");
    }

    [Fact]
    public void Rows_of_weight_zero_teach_nothing()
    {
        var table = Flowers.Table(60, 2);
        var first = Enumerable.Range(0, 30).ToArray();
        var weighted = new Table([.. table.Columns, new NumericColumn("weight", ColumnKind.Number, [.. Enumerable.Range(0, 60).Select(row => row < 30 ? 1.0 : 0)])]);
        var options = OptionsOf("logistic") with { Prepare = [new OneHot(ColumnSelector.Categorical)] };
        var part = Trainer.Fit(table.Select(first), options, null, Token).Model;
        var whole = Trainer.Fit(weighted, options with { Weights = "weight" }, null, Token).Model;
        Assert.DoesNotContain("weight", whole.Inputs.Select(input => input.Name));
        Assert.All(part.Predict(table, Token).Zip(whole.Predict(table, Token)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_missing_or_negative_weight_names_its_row()
    {
        var weighted = new Table([.. Flowers.Table(9).Columns, new NumericColumn("weight", ColumnKind.Number, [1, 1, 1, 1, -2, 1, 1, 1, double.NaN])]);
        var message = Assert.Throws<UserErrorException>(() => Trainer.Fit(weighted, OptionsOf("logistic") with { Weights = "weight" }, null, Token)).Message;
        Assert.Contains("row 5 holds '-2'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibration_of_numbers_is_refused() => Assert.Contains(
        "holds numbers", Assert.Throws<UserErrorException>(() => Trainer.Fit(Flowers.Table(), OptionsOf("linear") with { Calibrate = CalibrationMethod.Isotonic }, null, Token)).Message, StringComparison.Ordinal);

    // A class that a fold's training rows lack keeps its place: its probability is 0, and the rows of it are wrong.
    [Fact]
    public async Task More_classes_in_test_than_in_training_never_crash()
    {
        var table = Flowers.Table(30);
        var labels = ClassLabels.Of(table["species"]).Codes;
        var split = new Split([.. Enumerable.Range(0, 30).Where(row => labels[row] != 2)], [.. Enumerable.Range(0, 30).Where(row => labels[row] == 2)]);
        foreach (var kind in new[] { "logistic", "majority", "sequential" })
        {
            var fold = (await CrossValidation.RunAsync(table, [split], OptionsOf(kind), 1, null, Token))[0];
            Assert.Equal(3, fold.Training.Model.Classes.Length);
            Assert.All(fold.Predictions.Chunk(3), row => Assert.True(row[2] < 0.5f));
        }
    }

    [Fact]
    public async Task One_class_in_a_folds_training_rows_is_predicted_always()
    {
        var table = Flowers.Table(30, 2);
        var labels = ClassLabels.Of(table["species"]).Codes;
        var split = new Split([.. Enumerable.Range(0, 30).Where(row => labels[row] == 1)], [.. Enumerable.Range(0, 30).Where(row => labels[row] == 0)]);
        var fold = (await CrossValidation.RunAsync(table, [split], OptionsOf("logistic"), 1, null, Token))[0];
        Assert.All(fold.Predictions.Chunk(2), row => Assert.True(row[1] > row[0]));
    }

    [Fact]
    public async Task A_fold_of_numbers_gives_numbers_for_any_number_of_workers()
    {
        var table = Flowers.Table();
        var splits = KFold.Split(table.RowCount, 4, 3);
        var one = await CrossValidation.RunAsync(table, splits, OptionsOf("two numbers"), 1, null, Token);
        var three = await CrossValidation.RunAsync(table, splits, OptionsOf("two numbers"), 3, null, Token);
        Assert.All(one.Zip(three), pair => Assert.Equal(pair.First.Predictions, pair.Second.Predictions));
        Assert.All(one, fold => Assert.Equal(2 * fold.Split.Test.Length, fold.Predictions.Length));
    }

    static TrainingOptions OptionsOf(string kind)
    {
        var numbers = new TrainingOptions { Target = "length", Exclude = ["id", "species"], Prepare = Flowers.Training.Prepare, Model = new LinearOptions(), Seed = 2 };
        var network = new SequentialOptions { Layers = [new Dense(8, Activation.Relu), new Dense(1)], Loss = new MeanSquaredError(), Optimizer = new Adam(0.01), Epochs = 30 };
        return kind switch
        {
            "logistic" => Flowers.Training with { Model = new LogisticOptions() },
            "majority" => Flowers.Training with { Model = new MajorityOptions() },
            "calibrated" => Flowers.Training with { Model = new LogisticOptions(), Calibrate = CalibrationMethod.SigmoidOfLogOdds },
            "isotonic" => Flowers.Training with { Model = new LogisticOptions(), Calibrate = CalibrationMethod.Isotonic },
            "linear" => numbers,
            "ridge" => numbers with { Model = new RidgeOptions { Alpha = 2 } },
            "mean" => numbers with { Model = new MeanOptions() },
            "network of numbers" => numbers with { Model = network },
            "two numbers" => numbers with { MoreTargets = ["width"], Model = network with { Layers = [new Dense(8, Activation.Relu), new Dense(2)] }, ScaleTarget = true },
            _ => Flowers.Training,
        };
    }

    static Table WithPetals() =>
        new([.. Flowers.Table().Columns, new NumericColumn("petals", ColumnKind.Integer, [.. Enumerable.Range(0, 150).Select(row => (double)(row % 5))])]);

    static Table Far(Table table) => new([.. table.Columns.Select(column => column.Name != "length" ? column
        : new NumericColumn("length", ColumnKind.Number, [.. ((NumericColumn)column).Values.ToArray().Select(value => value + 1000)]))]);

    static double Error(float[] predicted, Table table) => predicted.Zip(((NumericColumn)table["length"]).Values.ToArray(), (a, b) => Math.Abs(a - b)).Average();
}
