using Assay.Data;

namespace Assay.Tests.Data;

public class StratifiedKFoldTests
{
    [Fact]
    public void Folds_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1 StratifiedKFold(3): golden.json, skf3.
        var splits = StratifiedKFold.Split([0, 0, 0, 0, 1, 1, 1, 2, 2, 2], 3, shuffleSeed: null);
        Assert.Equal([[0, 1, 4, 7], [2, 5, 8], [3, 6, 9]], splits.Select(split => split.Test));
    }

    [Fact]
    public void Classes_count_in_order_of_appearance()
    {
        // sklearn 1.2.1 StratifiedKFold(3) on these labels; classes in sorted order would give [[0, 2, 4, 7], [1, 3, 5, 9], [6, 8, 10]].
        var splits = StratifiedKFold.Split([2, 2, 0, 2, 1, 1, 1, 0, 2, 0, 0], 3, shuffleSeed: null);
        Assert.Equal([[0, 1, 2, 4], [3, 5, 7, 9], [6, 8, 10]], splits.Select(split => split.Test));
    }

    [Fact]
    public void Every_row_is_tested_once_and_class_counts_differ_by_one_at_most()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            var classes = 1 + random.Next(5);
            var labels = Enumerable.Range(0, 10 + random.Next(80)).Select(_ => random.Next(classes)).ToArray();
            var folds = 2 + random.Next(labels.CountBy(label => label).Max(pair => pair.Value) - 1);
            ulong? shuffle = seed % 3 == 0 ? null : seed;
            var splits = StratifiedKFold.Split(labels, folds, shuffle);
            Splits.AssertCover(splits, labels.Length);
            for (var c = 0; c < classes; c++)
            {
                var counts = splits.Select(split => split.Test.Count(row => labels[row] == c)).ToArray();
                Assert.InRange(counts.Max() - counts.Min(), 0, 1);
            }

            var sizes = splits.Select(split => split.Test.Length).ToArray();
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
            Assert.Equal(splits.Select(split => split.Test), StratifiedKFold.Split(labels, folds, shuffle).Select(split => split.Test));
        }
    }

    [Fact]
    public void More_folds_than_rows_of_every_class_are_refused() => Assert.StartsWith(
        "Found 4 folds, and the largest class has 3 rows.",
        Assert.Throws<UserErrorException>(() => StratifiedKFold.Split([0, 0, 1, 1, 1], 4, null)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void One_fold_is_refused() => Assert.Throws<UserErrorException>(() => StratifiedKFold.Split([0, 0, 1, 1], 1, null));

    [Fact]
    public void A_missing_label_is_a_bug_of_the_caller() => Assert.Throws<ArgumentException>(() => StratifiedKFold.Split([0, -1, 0, 0], 2, null));
}
