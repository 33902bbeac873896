using Assay.Data;

namespace Assay.Tests.Data;

public class HoldoutTests
{
    [Theory]
    [InlineData(891, 0.2, 179)]
    [InlineData(10, 0.25, 3)]
    [InlineData(2, 0.5, 1)]
    [InlineData(100, 0.07, 8)] // 0.07 * 100 is 7.000000000000001; scikit-learn has 8 too.
    public void Test_side_is_rounded_up(int rows, double share, int expected)
    {
        var split = Holdout.Split(rows, share, 5);
        Assert.Equal(expected, split.Test.Length);
        Splits.AssertTwoSides(split, rows);
    }

    [Fact]
    public void Same_seed_gives_the_same_split_and_another_another()
    {
        Assert.Equal(Holdout.Split(40, 0.3, 1).Test, Holdout.Split(40, 0.3, 1).Test);
        Assert.NotEqual(Holdout.Split(40, 0.3, 1).Test, Holdout.Split(40, 0.3, 2).Test);
        var labels = Enumerable.Range(0, 40).Select(row => row % 3).ToArray();
        Assert.Equal(Holdout.Stratified(labels, 0.3, 1).Test, Holdout.Stratified(labels, 0.3, 1).Test);
        Assert.NotEqual(Holdout.Stratified(labels, 0.3, 1).Test, Holdout.Stratified(labels, 0.3, 2).Test);
    }

    [Fact]
    public void Stratified_counts_are_within_one_of_the_exact_shares()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            var classes = 1 + random.Next(4);
            int[] labels = [.. Enumerable.Range(0, 3 * classes).Select(i => i % classes), .. Enumerable.Range(0, 40 + random.Next(60)).Select(_ => random.Next(classes))];
            var share = 0.15 + (0.5 * random.NextDouble());
            var split = Holdout.Stratified(labels, share, seed);
            Splits.AssertTwoSides(split, labels.Length);
            Assert.Equal((int)Math.Ceiling(share * labels.Length), split.Test.Length);
            for (var c = 0; c < classes; c++)
            {
                var exact = (double)labels.Count(label => label == c) * split.Test.Length / labels.Length;
                Assert.True(Math.Abs(split.Test.Count(row => labels[row] == c) - exact) < 1);
            }
        }
    }

    [Fact]
    public void Stratified_counts_are_those_of_scikit_learn_where_remainders_differ()
    {
        // sklearn 1.2.1: train_test_split(range(20), test_size=0.3, stratify=y) has test counts [3, 2, 1] for 11, 6 and 3 rows.
        int[] labels = [.. Enumerable.Repeat(0, 11), .. Enumerable.Repeat(1, 6), .. Enumerable.Repeat(2, 3)];
        var test = Holdout.Stratified(labels, 0.3, 9).Test;
        Assert.Equal([3, 2, 1], [test.Count(row => labels[row] == 0), test.Count(row => labels[row] == 1), test.Count(row => labels[row] == 2)]);
    }

    [Fact]
    public void Equal_remainders_are_settled_by_the_seed()
    {
        // 3 + 3 rows, 3 of them for the test: one class gives 2, and either may.
        int[] labels = [0, 0, 0, 1, 1, 1];
        var counts = Enumerable.Range(0, 40).Select(seed => Holdout.Stratified(labels, 0.5, (ulong)seed).Test.Count(row => labels[row] == 0));
        Assert.Equal([1, 2], counts.Distinct().Order());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_share_outside_0_and_1_is_refused(double share) =>
        Assert.StartsWith("Found a test share of", Assert.Throws<UserErrorException>(() => Holdout.Split(10, share, 0)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(0, 0.5)]
    [InlineData(3, 0.9)]
    public void A_split_without_training_rows_is_refused(int rows, double share) =>
        Assert.Contains("nothing to train on", Assert.Throws<UserErrorException>(() => Holdout.Split(rows, share, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_class_of_one_row_cannot_be_stratified() =>
        Assert.StartsWith("The class of row 3 has one row only.", Assert.Throws<UserErrorException>(() => Holdout.Stratified([0, 0, 1, 0], 0.5, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_side_smaller_than_the_classes_cannot_be_stratified() =>
        Assert.Contains("1 rows on one side for 2 classes", Assert.Throws<UserErrorException>(() => Holdout.Stratified([0, 0, 1, 1, 0], 0.2, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_label_is_a_bug_of_the_caller() => Assert.Throws<ArgumentException>(() => Holdout.Stratified([0, -1, 0, 0], 0.5, 0));
}
