using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning;

public class TrainerTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Learns_a_table_with_numbers_and_categories()
    {
        var table = Flowers.Table();
        var seen = new List<Epoch>();
        var (model, history) = Trainer.Fit(table, Flowers.Training, new Sink(seen), Token);
        Assert.InRange(Flowers.Accuracy(table, model.Predict(table, Token)), 0.9, 1);
        Assert.Equal(seen, history.Epochs);
        Assert.Equal(20, seen.Count);
        Assert.Equal(["setosa", "versicolor", "virginica"], model.Classes);
        Assert.Equal(["length", "width", "colour"], model.Inputs.Select(input => input.Name));
        Assert.Equal((5 * 12) + (13 * 3), model.ParameterCount);
    }

    [Fact]
    public void Two_classes_of_one_sigmoid_get_both_probabilities()
    {
        var table = Flowers.Table(60, 2);
        var model = Trainer.Fit(table, Binary(), null, Token).Model;
        var probabilities = model.Predict(table, Token);
        Assert.Equal(120, probabilities.Length);
        Assert.All(probabilities.Chunk(2), p => Assert.Equal(1 - p[1], p[0]));
        Assert.InRange(Flowers.Accuracy(table, probabilities), 0.9, 1);
    }

    [Fact]
    public void Given_classes_decide_the_order_and_may_be_absent_from_the_rows()
    {
        var table = Flowers.Table(60, 2);
        var model = Trainer.Fit(table, Flowers.Training with { Classes = ["virginica", "versicolor", "setosa"] }, null, Token).Model;
        var first = model.Predict(table, Token)[..3];
        Assert.Equal(2, Array.IndexOf(first, first.Max()));
    }

    [Fact]
    public void The_rows_of_the_validation_split_teach_the_preparation_nothing()
    {
        var table = Flowers.Table(100);
        var shifted = new Table([.. table.Columns.Select(column => column.Name != "length" ? column
            : new NumericColumn("length", ColumnKind.Number, [.. ((NumericColumn)column).Values.ToArray().Select((x, row) => row < 80 ? x : x + 100)]))]);
        var options = Flowers.Training with { Model = Flowers.Network with { ValidationSplit = 0.2 } };
        Assert.Equal(
            Trainer.Fit(table, options, null, Token).Model.Predict(table, Token),
            Trainer.Fit(shifted, options, null, Token).Model.Predict(table, Token));
    }

    [Fact]
    public void A_missing_target_is_a_user_error()
    {
        var table = Flowers.Table(3);
        var holed = new Table([.. table.Columns.SkipLast(1), CategoryColumn.FromTexts("species", ["setosa", null, "virginica"])]);
        Assert.Contains("missing in 1 of 3", Assert.Throws<UserErrorException>(() => Trainer.Fit(holed, Flowers.Training, null, Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_user_errors()
    {
        Refused(Flowers.Training with { Target = "specis" }, "Did you mean 'species'?");
        Refused(Flowers.Training with { Model = Binary().Model }, "units: 3, activation: softmax");
        Refused(Flowers.Training with { Exclude = ["id", "length", "width", "colour"] }, "at least one");
        Refused(Flowers.Training with { Classes = ["setosa", "versicolor", "other"] }, "holds 'virginica'");
        Refused(Flowers.Training with { Prepare = [] }, "one_hot");
    }

    static void Refused(TrainingOptions options, string part) =>
        Assert.Contains(part, Assert.Throws<UserErrorException>(() => Trainer.Fit(Flowers.Table(), options, null, Token)).Message, StringComparison.Ordinal);

    static TrainingOptions Binary() => Flowers.Training with
    {
        Model = Flowers.Network with { Layers = [new Dense(8, Activation.Relu), new Dense(1, Activation.Sigmoid)], Loss = Loss.BinaryCrossentropy },
    };

    sealed class Sink(List<Epoch> seen) : IProgress<Epoch>
    {
        public void Report(Epoch value) => seen.Add(value);
    }
}
