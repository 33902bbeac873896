using Assay.Data;

namespace Assay.Tests.Data;

public class PreparationErrorTests
{
    static readonly Table _table = new(
    [
        new NumericColumn("age", ColumnKind.Number, [20, double.NaN]),
        new NumericColumn("empty", ColumnKind.Number, [double.NaN, double.NaN]),
        CategoryColumn.FromTexts("sex", ["male", "female"]),
    ]);

    public static TheoryData<PreparationStep, string, string> Refused => new()
    {
        { new Impute(ColumnSelector.Named("age", "sex"), ImputeStrategy.Mean), "Column 'sex' holds categories, which have no mean or median", "step impute mean of [age, sex]" },
        { new Impute(ColumnSelector.Numeric, ImputeStrategy.Median), "Column 'empty' has no value at all in the training rows", "Exclude the column" },
        { new Impute(ColumnSelector.Numeric, ImputeStrategy.MostFrequent), "Column 'empty' has no value at all", "step impute most_frequent of numeric" },
        { new Impute(ColumnSelector.Numeric, ImputeStrategy.Constant, "none"), "Column 'age' holds numbers, and the constant is 'none'", "Give a number" },
        { new Impute(ColumnSelector.Categorical, ImputeStrategy.Constant), "Column 'sex' needs the constant", "Give it" },
        { new Standardize(ColumnSelector.Named("sex")), "Column 'sex' holds categories", "{standardize: [sex]}" },
        { new Standardize(ColumnSelector.Numeric), "Column 'empty' has no value at all", "{standardize: numeric}" },
        { new Standardize(ColumnSelector.Named("agee")), "There is no column 'agee'. Did you mean 'age'?", "age, empty, sex" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_step_that_does_not_suit_a_column_names_it(PreparationStep step, string message, string also)
    {
        var found = Assert.Throws<UserErrorException>(() => Preparation.Fit(_table, [step])).Message;
        Assert.StartsWith(message, found, StringComparison.Ordinal);
        Assert.Contains(also, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Imputing_all_columns_by_a_number_names_the_first_category() => Assert.StartsWith(
        "Column 'sex' holds categories, which have no mean",
        Assert.Throws<UserErrorException>(() => Preparation.Fit(_table.Without(["empty"]), [new Impute(ColumnSelector.All, ImputeStrategy.Mean)])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Steps_behind_one_hot_and_one_hot_behind_standardize_are_refused_by_name()
    {
        var encode = new OneHot(ColumnSelector.Named("age"));
        var scale = new Standardize(ColumnSelector.Named("age"));
        Assert.Contains("is one-hot encoded already", Message([encode, scale]), StringComparison.Ordinal);
        Assert.Contains("is standardized already", Message([scale, encode]), StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_that_nothing_encodes_are_all_named()
    {
        var table = new Table([CategoryColumn.FromTexts("a", ["x"]), new NumericColumn("n", ColumnKind.Number, [1]), CategoryColumn.FromTexts("b", ["x"])]);
        var message = Assert.Throws<UserErrorException>(() => Preparation.Fit(table, [])).Message;
        Assert.StartsWith("Columns 'a', 'b' of the data", message, StringComparison.Ordinal);
        Assert.Contains("add {one_hot: categorical} or exclude the columns", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_number_is_named_with_its_row_and_the_remedy()
    {
        var fitted = Preparation.Fit(new Table([_table["age"]]), []);
        var message = Assert.Throws<UserErrorException>(() => fitted.Apply(_table)).Message;
        Assert.StartsWith("Row 2: column 'age' has no value.", message, StringComparison.Ordinal);
        Assert.Contains("add an impute or a drop_missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_beyond_float32_is_named()
    {
        var fitted = Preparation.Fit(new Table([_table["age"]]), []);
        Assert.StartsWith("Row 1: column 'age' is 1E+300.",
            Assert.Throws<UserErrorException>(() => fitted.Apply(new Table([new NumericColumn("age", ColumnKind.Number, [1e300])]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_columns_are_all_named()
    {
        var fitted = Preparation.Fit(_table, [new OneHot(ColumnSelector.Categorical)]);
        var message = Assert.Throws<UserErrorException>(() => fitted.Apply(new Table([new NumericColumn("empty", ColumnKind.Number, [1])]))).Message;
        Assert.StartsWith("The rows lack the columns 'age', 'sex' that the model was trained on. They have: empty.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_where_numbers_were_and_numbers_where_text_was_are_refused()
    {
        var fitted = Preparation.Fit(new Table([_table["sex"], _table["age"]]), [new OneHot(ColumnSelector.Categorical)]);
        var numbers = new NumericColumn("sex", ColumnKind.Integer, [1]);
        var texts = CategoryColumn.FromTexts("age", ["old"]);
        Assert.StartsWith("Column 'sex' of the rows is Integer, and the model was trained on Category.",
            Assert.Throws<UserErrorException>(() => fitted.Apply(new Table([numbers, texts]))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Column 'age' of the rows is Category, and the model was trained on Number.",
            Assert.Throws<UserErrorException>(() => fitted.Apply(new Table([_table["sex"].Select([0]), texts]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropping_by_an_unknown_name_is_refused() =>
        Assert.Throws<UserErrorException>(() => Preparation.RowsToKeep(_table, [new DropMissing(ColumnSelector.Named("x"))], []));

    static string Message(PreparationStep[] steps) =>
        Assert.Throws<UserErrorException>(() => Preparation.Fit(new Table([_table["age"]]), [.. steps])).Message;
}
