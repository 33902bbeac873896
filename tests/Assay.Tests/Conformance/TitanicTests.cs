using Assay.Data;

namespace Assay.Tests.Conformance;

// Figures: README of ../shared/data, recomputed there with pandas.
public class TitanicTests
{
    [Fact]
    public void Rows_kinds_and_missing_values_are_those_of_pandas()
    {
        var table = Titanic();
        Assert.Equal(891, table.RowCount);
        Assert.Equal(342, ((NumericColumn)table["survived"]).Values.ToArray().Sum());
        Assert.Equal(177, table["age"].MissingCount);
        Assert.Equal(688, table["deck"].MissingCount);
        Assert.Equal(2, table["embarked"].MissingCount);
        Assert.Equal(ColumnKind.Integer, table["survived"].Kind);
        Assert.Equal(ColumnKind.Number, table["age"].Kind);
        Assert.Equal(ColumnKind.Category, table["sex"].Kind);
        Assert.Equal(ColumnKind.Boolean, table["adult_male"].Kind);
        Assert.Equal(ColumnKind.Boolean, table["alone"].Kind);
    }

    [Fact]
    public void Names_with_commas_and_doubled_quotes_are_one_cell()
    {
        var names = CsvReader.Read(SharedFolder.Find("data", "seaborn", "raw_titanic.csv"))["name"];
        Assert.Equal("Braund, Mr. Owen Harris", names.Text(0));
        Assert.Equal("O'Dwyer, Miss. Ellen \"Nellie\"", names.Text(28));
    }

    [Fact]
    public void A_whole_preparation_is_fitted_on_one_side_and_applied_to_the_other()
    {
        var table = Titanic().Without(["alive", "class", "deck"]);
        var labels = ClassLabels.Of(table["survived"]);
        Assert.Equal(["0", "1"], labels.Classes);
        var split = Holdout.Stratified(labels.Codes, 0.2, 7);
        Assert.Equal((712, 179), (split.Train.Length, split.Test.Length));
        var inputs = table.Without(["survived"]);
        var fitted = Preparation.Fit(inputs.Select(split.Train),
        [
            new Impute(ColumnSelector.Numeric, ImputeStrategy.Median),
            new Standardize(ColumnSelector.Numeric),
            new OneHot(ColumnSelector.Categorical),
        ]);
        var features = fitted.Apply(inputs.Select(split.Test));
        Assert.Equal(
            ["pclass", "sex=female", "sex=male", "age", "sibsp", "parch", "fare", "embarked=C", "embarked=Q", "embarked=S",
                "who=child", "who=man", "who=woman", "adult_male", "embark_town=Cherbourg", "embark_town=Queenstown", "embark_town=Southampton", "alone"],
            features.Names);
        Assert.Equal(179 * 18, features.Values.Length);
    }

    static Table Titanic() => CsvReader.Read(SharedFolder.Find("data", "seaborn", "titanic.csv"));
}
