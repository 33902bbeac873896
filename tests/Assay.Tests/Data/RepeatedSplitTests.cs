using Assay.Data;

namespace Assay.Tests.Data;

public class RepeatedSplitTests
{
    static readonly int[] _labels = [.. Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? 1 : 0)];

    [Fact]
    public void Every_repetition_tests_every_row_once()
    {
        foreach (var splits in new[] { RepeatedKFold.Split(60, 4, 3, 9), RepeatedKFold.Stratified(_labels, 4, 3, 9) })
        {
            Assert.Equal(12, splits.Length);
            Assert.All(splits.Chunk(4), repetition => Splits.AssertCover(repetition, 60));
            Assert.NotEqual(splits[0].Test, splits[4].Test);
        }

        Assert.All(RepeatedKFold.Stratified(_labels, 4, 3, 9), split => Assert.Equal(5, split.Test.Count(row => _labels[row] == 1)));
    }

    [Fact]
    public void Leaving_one_out_tests_each_row_alone()
    {
        var splits = LeaveOneOut.Split(7);
        Splits.AssertCover(splits, 7);
        Assert.All(splits, split => Assert.Single(split.Test));
        Assert.Throws<UserErrorException>(() => LeaveOneOut.Split(1));
    }

    [Fact]
    public void Shuffled_splits_have_the_share_and_differ()
    {
        var plain = ShuffleSplit.Split(60, 5, 0.25, 1);
        var stratified = ShuffleSplit.Stratified(_labels, 5, 0.25, 1);
        Assert.All(plain.Concat(stratified), split => Splits.AssertTwoSides(split, 60));
        Assert.All(plain.Concat(stratified), split => Assert.Equal(15, split.Test.Length));
        Assert.All(stratified, split => Assert.Equal(5, split.Test.Count(row => _labels[row] == 1)));
        Assert.NotEqual(plain[0].Test, plain[1].Test);
        Assert.Equal(plain[3].Test, ShuffleSplit.Split(60, 5, 0.25, 1)[3].Test);
        Assert.Throws<UserErrorException>(() => ShuffleSplit.Split(60, 0, 0.25, 1));
    }
}
