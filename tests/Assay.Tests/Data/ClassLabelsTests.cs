using Assay.Data;

namespace Assay.Tests.Data;

public class ClassLabelsTests
{
    [Fact]
    public void Numbers_are_in_numeric_order()
    {
        var labels = ClassLabels.Of(new NumericColumn("y", ColumnKind.Integer, [10, 9, double.NaN, -1, 10]));
        Assert.Equal(["-1", "9", "10"], labels.Classes);
        Assert.Equal([2, 1, -1, 0, 2], labels.Codes);
    }

    [Fact]
    public void Truth_values_are_False_and_True()
    {
        var labels = ClassLabels.Of(new NumericColumn("y", ColumnKind.Boolean, [1, 0, 1]));
        Assert.Equal(["False", "True"], labels.Classes);
        Assert.Equal([1, 0, 1], labels.Codes);
    }

    [Fact]
    public void Categories_that_no_row_has_are_no_classes()
    {
        var labels = ClassLabels.Of(CategoryColumn.FromTexts("y", ["b", "a", "Z", null, "b"]).Select([0, 2, 3, 4]));
        Assert.Equal(["Z", "b"], labels.Classes);
        Assert.Equal([1, 0, -1, 1], labels.Codes);
    }
}
