using Assay.Data;

namespace Assay.Tests.Data;

static class Splits
{
    /// <summary>Each row is tested once; the two sides of a split are ascending and make up all rows.</summary>
    public static void AssertCover(IReadOnlyList<Split> splits, int rows)
    {
        var all = Enumerable.Range(0, rows);
        Assert.Equal(all, splits.SelectMany(split => split.Test).Order());
        Assert.All(splits, split => AssertTwoSides(split, rows));
    }

    public static void AssertTwoSides(Split split, int rows)
    {
        Assert.Equal(Enumerable.Range(0, rows), split.Train.Concat(split.Test).Order());
        Assert.Equal(split.Train.Order(), split.Train);
        Assert.Equal(split.Test.Order(), split.Test);
    }
}
