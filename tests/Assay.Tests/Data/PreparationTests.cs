using System.Text.Json;
using Assay.Data;

namespace Assay.Tests.Data;

public class PreparationTests
{
    static readonly Table _people = new(
    [
        new NumericColumn("age", ColumnKind.Number, [20, double.NaN, 40, 60]),
        CategoryColumn.FromTexts("sex", ["male", "female", null, "male"]),
        new NumericColumn("member", ColumnKind.Boolean, [1, 0, 0, 1]),
    ]);

    [Fact]
    public void Steps_run_in_order_and_features_stand_in_the_order_of_the_table()
    {
        var features = Preparation.Fit(_people,
        [
            new Impute(ColumnSelector.Named("age"), ImputeStrategy.Constant, "40"),
            new Standardize(ColumnSelector.Named("age")),
            new OneHot(ColumnSelector.Categorical),
        ]).Apply(_people);
        Assert.Equal(["age", "sex=female", "sex=male", "member"], features.Names);
        var sd = (float)Math.Sqrt(200); // Of 20, 40, 40, 60.
        Assert.Equal(
        [
            -20 / sd, 0, 1, 1,
            0, 1, 0, 0,
            0, 0, 0, 0,
            20 / sd, 0, 1, 1,
        ], features.Values);
    }

    [Fact]
    public void Standardize_is_scikit_learns_StandardScaler()
    {
        // sklearn 1.2.1 StandardScaler on [1.5, nan, -2, 7.25, 1000]: mean 251.6875, scale 432.05104498.
        var table = new Table([new NumericColumn("x", ColumnKind.Number, [1.5, double.NaN, -2, 7.25, 1000])]);
        var step = Assert.IsType<Standardized>(Preparation.Fit(table, [new Standardize(ColumnSelector.All)]).Columns[0].Steps[0]);
        Assert.Equal(251.6875, step.Mean);
        Assert.Equal(432.05104498, step.Scale, 5e-9); // As many digits as numpy prints.
    }

    [Fact]
    public void A_constant_column_is_not_divided()
    {
        // The mean of seven 0.1 is not 0.1 in every order of summing; sklearn 1.2.1 has scale 1.
        var table = new Table([new NumericColumn("x", ColumnKind.Number, [.. Enumerable.Repeat(0.1, 7)])]);
        var fitted = Preparation.Fit(table, [new Standardize(ColumnSelector.Numeric)]);
        Assert.Equal(new Standardized(0.1, 1), fitted.Columns[0].Steps[0]);
        Assert.All(fitted.Apply(table).Values, value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(ImputeStrategy.Mean, 4)]
    [InlineData(ImputeStrategy.Median, 3)]
    [InlineData(ImputeStrategy.MostFrequent, 2)]
    public void Numbers_are_filled_by_what_training_holds(ImputeStrategy strategy, double expected)
    {
        var training = new Table([new NumericColumn("x", ColumnKind.Number, [3, 9, 3, double.NaN, 2, 2, 5])]);
        var fitted = Preparation.Fit(training, [new Impute(ColumnSelector.All, strategy)]);
        Assert.Equal(expected, ((ImputedNumber)fitted.Columns[0].Steps[0]).Value);
    }

    [Fact]
    public void Ties_for_the_most_frequent_go_to_the_smallest()
    {
        var table = new Table(
        [
            new NumericColumn("x", ColumnKind.Integer, [10, 9, 9, 10, double.NaN]),
            CategoryColumn.FromTexts("c", ["b", "a", "a", "b", null]),
        ]);
        var fitted = Preparation.Fit(table, [new Impute(ColumnSelector.All, ImputeStrategy.MostFrequent), new OneHot(ColumnSelector.All)]);
        Assert.Equal(new ImputedNumber(9), fitted.Columns[0].Steps[0]);
        Assert.Equal(new ImputedText("a"), fitted.Columns[1].Steps[0]);
        Assert.Equal(["x=9", "x=10", "c=a", "c=b"], fitted.FeatureNames);
        Assert.Equal([1, 0, 1, 0], fitted.Apply(table).Values[^4..]);
    }

    [Fact]
    public void A_constant_for_categories_becomes_a_category()
    {
        var fitted = Preparation.Fit(_people,
            [new Impute(ColumnSelector.Named("sex"), ImputeStrategy.Constant, "hidden"), new OneHot(ColumnSelector.Categorical), new Impute(ColumnSelector.Numeric, ImputeStrategy.Mean)]);
        var features = fitted.Apply(_people);
        Assert.Equal(["age", "sex=female", "sex=hidden", "sex=male", "member"], features.Names);
        Assert.Equal([40, 0, 1, 0, 0], features.Values[10..15]);
    }

    [Fact]
    public void Only_the_training_rows_are_learnt_from()
    {
        var fitted = Preparation.Fit(_people.Select([0, 3]), [new Standardize(ColumnSelector.Named("age")), new OneHot(ColumnSelector.Categorical)]);
        Assert.Equal(new Standardized(40, 20), fitted.Columns[0].Steps[0]);
        Assert.Equal(["age", "sex=male", "member"], fitted.FeatureNames);
    }

    [Fact]
    public void Unknown_and_missing_categories_are_all_zeros()
    {
        var fitted = Preparation.Fit(new Table([_people["sex"]]), [new OneHot(ColumnSelector.Categorical)]);
        var features = fitted.Apply(new Table([CategoryColumn.FromTexts("sex", ["other", null, "male"])]));
        Assert.Equal([0, 0, 0, 0, 0, 1], features.Values);
        Assert.Equal([0, 0], fitted.Apply(new Table([new NumericColumn("sex", ColumnKind.Number, [double.NaN])])).Values);
    }

    [Fact]
    public void One_row_of_a_column_with_many_categories_is_found()
    {
        var texts = Enumerable.Range(0, 500).Select(i => $"c{i}").ToArray();
        var table = new Table([CategoryColumn.FromTexts("c", texts)]);
        var fitted = Preparation.Fit(table, [new OneHot(ColumnSelector.All)]);
        var all = fitted.Apply(table);
        Assert.Equal(all.Values[(321 * 500)..(322 * 500)], fitted.Apply(table.Select([321])).Values);
        Assert.Equal(1, all.Values[(321 * 500) + all.Names.IndexOf("c=c321")]);
    }

    [Fact]
    public void Truth_values_and_whole_numbers_can_be_names()
    {
        var table = new Table([new NumericColumn("b", ColumnKind.Boolean, [1, 0]), new NumericColumn("n", ColumnKind.Integer, [10, 9])]);
        var fitted = Preparation.Fit(table, [new OneHot(ColumnSelector.Named("b", "n")), new Standardize(ColumnSelector.Numeric)]);
        Assert.Equal(["b=False", "b=True", "n=9", "n=10"], fitted.FeatureNames);
        var inferredOtherwise = new Table([new NumericColumn("b", ColumnKind.Integer, [1]), new NumericColumn("n", ColumnKind.Number, [9])]);
        Assert.Equal([0, 1, 1, 0], fitted.Apply(inferredOtherwise).Values);
    }

    [Fact]
    public void Columns_are_found_by_name_and_others_ignored()
    {
        var fitted = Preparation.Fit(_people.Without(["sex"]), [new Impute(ColumnSelector.Numeric, ImputeStrategy.Mean)]);
        Assert.Equal([new InputColumn("age", ColumnKind.Number), new InputColumn("member", ColumnKind.Boolean)], fitted.Inputs);
        var moved = new Table([_people["sex"], _people["member"], _people["age"]]);
        Assert.Equal(fitted.Apply(_people).Values, fitted.Apply(moved).Values);
    }

    [Fact]
    public void Features_are_the_same_bits_after_a_round_trip_through_json()
    {
        for (var seed = 0UL; seed < 50; seed++)
        {
            var random = new SeededRandom(seed);
            var table = RandomTable(random, 30);
            var fitted = Preparation.Fit(table,
            [
                new Impute(ColumnSelector.Numeric, (ImputeStrategy)random.Next(3)),
                new Impute(ColumnSelector.Categorical, ImputeStrategy.MostFrequent),
                new OneHot(ColumnSelector.Named("c", "i")),
                new Standardize(ColumnSelector.Numeric),
            ]);
            var json = JsonSerializer.Serialize(fitted);
            var back = JsonSerializer.Deserialize<FittedPreparation>(json)!;
            var other = RandomTable(random, 10);
            Assert.Equal(fitted.Apply(other).Values, back.Apply(other).Values);
            Assert.Equal(fitted.Inputs, back.Inputs);
            Assert.Equal(fitted.FeatureNames, back.FeatureNames);
            Assert.Equal(json, JsonSerializer.Serialize(back));
        }
    }

    [Fact]
    public void Dropping_looks_at_the_selected_columns_and_the_needed_ones()
    {
        var target = CategoryColumn.FromTexts("y", ["a", "b", "a", null]);
        var table = new Table([.. _people.Columns, target]);
        Assert.Equal([0], Preparation.RowsToKeep(table, [new DropMissing(ColumnSelector.All)], ["y"]));
        Assert.Equal([0, 2], Preparation.RowsToKeep(table, [new DropMissing(ColumnSelector.Numeric)], ["y"]));
        Assert.Equal([0, 1, 3], Preparation.RowsToKeep(table, [new DropMissing(ColumnSelector.Named("sex"))], []));
        Assert.Equal([0], Preparation.RowsToKeep(table, [new DropMissing(ColumnSelector.Named("sex")), new DropMissing(ColumnSelector.Numeric)], ["y"]));
        Assert.Equal([0, 1, 2, 3], Preparation.RowsToKeep(table, [new OneHot(ColumnSelector.All)], ["y"]));
    }

    static Table RandomTable(SeededRandom random, int rows) => new(
    [
        new NumericColumn("x", ColumnKind.Number, RandomCells(random, rows, () => random.NextNormal() * Math.Pow(10, random.Next(20) - 10))),
        new NumericColumn("i", ColumnKind.Integer, RandomCells(random, rows, () => random.Next(4))),
        new NumericColumn("b", ColumnKind.Boolean, RandomCells(random, rows, () => random.Next(2))),
        CategoryColumn.FromTexts("c", [.. RandomCells(random, rows, () => random.Next(6)).Select(code => double.IsNaN(code) ? null : $"é\"{code}")]),
    ]);

    // The first row has a value, so that something can be learnt.
    static double[] RandomCells(SeededRandom random, int rows, Func<double> next) =>
        [.. Enumerable.Range(0, rows).Select(row => row > 0 && random.Next(5) == 0 ? double.NaN : next())];
}
