using Assay.Data;

namespace Assay.Tests.Data;

public class GroupSplitTests
{
    [Fact]
    public void Groups_go_to_the_lightest_fold_as_in_scikit_learn() =>
        // sklearn 1.2.1 GroupKFold(2): golden.json, gkf2.
        Assert.Equal([[2, 3, 4], [0, 1, 5]], GroupKFold.Split([0, 0, 1, 1, 1, 2], 2).Select(split => split.Test));

    [Fact]
    public void Stratified_groups_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1 StratifiedGroupKFold(2): golden.json, sgkf2.
        var splits = StratifiedGroupKFold.Split([0, 0, 1, 1, 0, 1, 0, 1], [1, 1, 2, 2, 3, 3, 4, 4], 2, null);
        Assert.Equal([[0, 1, 4, 5], [2, 3, 6, 7]], splits.Select(split => split.Test));
    }

    // sklearn 1.2.1, StratifiedGroupKFold(3) and GroupKFold(3) on 40 rows of numpy default_rng(0, 1, 2): labels, groups, fold of each row.
    [Theory]
    [InlineData("2110000002121122111202201210222002010011", "4001086737945b9b48b7a884a168a643558a0b64", "2001001111221222202100020110012111000212", "1111100222110212102220012100201200021201")]
    [InlineData("1122002200210201110022212012000120112010", "0903551b8b1836b3813b56315759479b5086a540", "1112221000102002012020212121111021000211", "0102002111212212122102220001101100122010")]
    [InlineData("2000121011222020100101002122210122221100", "34668aa9b3ab25688151b25a685a775476975a25", "2211100102001011120201001100220221120010", "0122211000102022210102012201110112010120")]
    public void Folds_of_random_rows_are_those_of_scikit_learn(string labels, string groups, string stratified, string grouped)
    {
        Assert.Equal(Digits(stratified), FoldOf(StratifiedGroupKFold.Split(Digits(labels), Digits(groups), 3, null), 40));
        Assert.Equal(Digits(grouped), FoldOf(GroupKFold.Split(Digits(groups), 3), 40));
    }

    [Fact]
    public void No_group_is_split_and_every_row_is_tested_once()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            var rows = 30 + random.Next(60);
            var labels = Enumerable.Range(0, rows).Select(_ => random.Next(3)).ToArray();
            var groups = Enumerable.Range(0, rows).Select(_ => 7 * random.Next(12)).ToArray();
            var folds = 2 + random.Next(3);
            foreach (var splits in new[] { GroupKFold.Split(groups, folds), StratifiedGroupKFold.Split(labels, groups, folds, null), StratifiedGroupKFold.Split(labels, groups, folds, seed) })
            {
                Splits.AssertCover(splits, rows);
                Assert.All(splits, split => Assert.Empty(split.Train.Select(row => groups[row]).Intersect(split.Test.Select(row => groups[row]))));
            }

            var drawn = Assert.Single(ShuffleSplit.Grouped(groups, 1, 0.3, seed));
            Splits.AssertTwoSides(drawn, rows);
            Assert.Empty(drawn.Train.Select(row => groups[row]).Intersect(drawn.Test.Select(row => groups[row])));
        }
    }

    [Fact]
    public void Class_shares_are_kept_where_groups_are_many()
    {
        var random = new SeededRandom(3);
        var labels = Enumerable.Range(0, 5000).Select(_ => random.Next(10) == 0 ? 1 : 0).ToArray();
        var groups = Enumerable.Range(0, 5000).Select(_ => random.Next(800)).ToArray();
        Assert.All(StratifiedGroupKFold.Split(labels, groups, 5, null), split =>
            Assert.InRange(split.Test.Count(row => labels[row] == 1), (labels.Sum() / 5) - 2, (labels.Sum() / 5) + 2));
    }

    [Fact]
    public void More_folds_than_groups_are_refused()
    {
        Assert.StartsWith("Found 3 folds for 2 groups.", Assert.Throws<UserErrorException>(() => GroupKFold.Split([0, 1, 0], 3)).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => StratifiedGroupKFold.Split([0, 0, 0], [0, 1, 0], 3, null));
        Assert.Throws<ArgumentException>(() => StratifiedGroupKFold.Split([0, 0, 0], [0, 1], 2, null));
    }

    static int[] FoldOf(IEnumerable<Split> splits, int rows)
    {
        var foldOf = new int[rows];
        foreach (var (fold, split) in splits.Index())
        {
            foreach (var row in split.Test)
            {
                foldOf[row] = fold;
            }
        }

        return foldOf;
    }

    // One digit a row; a and b are 10 and 11.
    static int[] Digits(string text) => [.. text.Select(character => Convert.ToInt32(character.ToString(), 16))];
}
