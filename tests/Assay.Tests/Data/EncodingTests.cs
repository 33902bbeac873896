using System.Text.Json;
using Assay.Data;

namespace Assay.Tests.Data;

public class EncodingTests
{
    static readonly Table _letters = Letters("aaaabbbccd");

    // sklearn 1.2.1 OneHotEncoder(handle_unknown="infrequent_if_exist") on a a a a b b b c c d; then a, c, d and the unknown z.
    [Theory]
    [InlineData(3.0, null, "c=a c=b c=(rare)", "100 001 001 001")]
    [InlineData(0.25, null, "c=a c=b c=(rare)", "100 001 001 001")]
    [InlineData(null, 2, "c=a c=(rare)", "10 01 01 01")]
    [InlineData(null, 3, "c=a c=b c=(rare)", "100 001 001 001")]
    [InlineData(2.0, 3, "c=a c=b c=(rare)", "100 001 001 001")]
    [InlineData(1.0, null, "c=a c=b c=c c=d", "1000 0010 0001 0000")]
    public void Rare_and_unknown_categories_are_those_of_scikit_learn(double? minFrequency, int? maxCategories, string names, string rows)
    {
        var fitted = Preparation.Fit(_letters, [new OneHot(ColumnSelector.All) { MinFrequency = minFrequency, MaxCategories = maxCategories, Unknown = UnknownCategory.Rare }]);
        var back = JsonSerializer.Deserialize<FittedPreparation>(JsonSerializer.Serialize(fitted))!;
        foreach (var features in new[] { fitted.Apply(Letters("acdz")), back.Apply(Letters("acdz")) })
        {
            Assert.Equal(names.Split(' '), features.Names);
            Assert.Equal(rows.Replace(" ", "", StringComparison.Ordinal), string.Concat(features.Values));
        }
    }

    [Fact]
    public void An_unknown_category_is_zeros_or_an_error_by_choice()
    {
        Assert.Equal([0, 0, 0, 0], Preparation.Fit(_letters, [new OneHot(ColumnSelector.All)]).Apply(Letters("z")).Values);
        var strict = Preparation.Fit(_letters, [new OneHot(ColumnSelector.All) { Unknown = UnknownCategory.Error }]);
        Assert.StartsWith("Row 2: column 'c' is 'z', which no training row holds", Assert.Throws<UserErrorException>(() => strict.Apply(Letters("az"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1 OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1): a, d, z are 0, 3, -1.
        var fitted = Preparation.Fit(_letters, [new Ordinal(ColumnSelector.Categorical)]);
        var back = JsonSerializer.Deserialize<FittedPreparation>(JsonSerializer.Serialize(fitted))!;
        Assert.Equal([0, 3, -1], fitted.Apply(Letters("adz")).Values);
        Assert.Equal([0, 3, -1], back.Apply(Letters("adz")).Values);
    }

    [Fact]
    public void A_missing_cell_leaves_its_mark()
    {
        var table = new Table([new NumericColumn("age", ColumnKind.Number, [20, double.NaN, 40]), new NumericColumn("full", ColumnKind.Number, [1, 2, 3])]);
        var fitted = Preparation.Fit(table, [new Impute(ColumnSelector.All, ImputeStrategy.Mean) { Indicator = true }]);
        Assert.Equal(["age", "missing(age)", "full"], fitted.FeatureNames);
        Assert.Equal([20, 0, 1, 30, 1, 2, 40, 0, 3], fitted.Apply(table).Values);
        Assert.Equal(fitted.Apply(table).Values, JsonSerializer.Deserialize<FittedPreparation>(JsonSerializer.Serialize(fitted))!.Apply(table).Values);
    }

    [Fact]
    public void Dates_become_their_parts()
    {
        var dates = new Table([new DateColumn("sold", [new DateTime(2024, 2, 29, 13, 5, 0, DateTimeKind.Utc).Ticks, new DateTime(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks])]);
        var fitted = Preparation.Fit(dates, [new DateParts(ColumnSelector.All, [.. Enum.GetValues<DatePart>()])]);
        Assert.Equal(["sold.year", "sold.quarter", "sold.month", "sold.day", "sold.day_of_week", "sold.day_of_year", "sold.hour", "sold.minute"], fitted.FeatureNames);

        // A Thursday and a Sunday.
        Assert.Equal([2024, 1, 2, 29, 3, 60, 13, 5, 2023, 1, 1, 1, 6, 1, 0, 0], fitted.Apply(dates).Values);
        Assert.Equal(fitted.Apply(dates).Values, JsonSerializer.Deserialize<FittedPreparation>(JsonSerializer.Serialize(fitted))!.Apply(dates).Values);
        Assert.Throws<UserErrorException>(() => Preparation.Fit(dates, []));
    }

    [Fact]
    public void Duplicates_go_before_the_split_and_the_first_stays()
    {
        var table = new Table([
            new NumericColumn("x", ColumnKind.Number, [1, 1, double.NaN, double.NaN, 2]),
            CategoryColumn.FromTexts("y", ["a", "a", "b", "b", null])]);
        Assert.Equal([0, 2, 4], Preparation.RowsToKeep(table, [new DropDuplicates(ColumnSelector.All)], []));
        Assert.Equal([0], Preparation.RowsToKeep(table, [new DropMissing(ColumnSelector.All), new DropDuplicates(ColumnSelector.Named("x"))], []));
    }

    static Table Letters(string letters) => new([CategoryColumn.FromTexts("c", [.. letters.Select(letter => $"{letter}")])]);
}
