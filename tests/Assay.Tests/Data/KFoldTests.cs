using Assay.Data;

namespace Assay.Tests.Data;

public class KFoldTests
{
    [Fact]
    public void Folds_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1 KFold(3) on 10 rows: golden.json, kfold3.n10.
        var splits = KFold.Split(10, 3, shuffleSeed: null);
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6], [7, 8, 9]], splits.Select(split => split.Test));
        Assert.Equal([0, 1, 2, 3, 7, 8, 9], splits[1].Train);
    }

    [Fact]
    public void Every_row_is_tested_once_in_folds_of_near_equal_size()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var random = new SeededRandom(seed);
            var rows = 2 + random.Next(60);
            var folds = 2 + random.Next(rows - 1);
            ulong? shuffle = seed % 3 == 0 ? null : seed;
            var splits = KFold.Split(rows, folds, shuffle);
            Splits.AssertCover(splits, rows);
            Assert.Equal(Enumerable.Range(0, folds).Select(fold => (rows / folds) + (fold < rows % folds ? 1 : 0)), splits.Select(split => split.Test.Length));
            Assert.Equal(splits.Select(split => split.Test), KFold.Split(rows, folds, shuffle).Select(split => split.Test));
        }
    }

    [Fact]
    public void Another_seed_shuffles_otherwise() =>
        Assert.NotEqual(KFold.Split(50, 5, 1)[0].Test, KFold.Split(50, 5, 2)[0].Test);

    [Theory]
    [InlineData(10, 1, "Found folds = 1.")]
    [InlineData(3, 4, "Found 4 folds for 3 rows.")]
    public void Impossible_folds_are_refused(int rows, int folds, string message) =>
        Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => KFold.Split(rows, folds, null)).Message, StringComparison.Ordinal);
}
