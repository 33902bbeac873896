using Assay.Data;

namespace Assay.Tests.Data;

public class TimeSeriesSplitTests
{
    [Fact]
    public void Blocks_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1: golden.json, ts3.n10.
        var splits = TimeSeriesSplit.Split(10, 3);
        Assert.Equal([[0, 1, 2, 3], [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5, 6, 7]], splits.Select(split => split.Train));
        Assert.Equal([[4, 5], [6, 7], [8, 9]], splits.Select(split => split.Test));
    }

    [Fact]
    public void Gap_and_limits_are_those_of_scikit_learn()
    {
        // sklearn 1.2.1: golden.json, ts2.gap1.max3.
        var splits = TimeSeriesSplit.Split(9, 2, gap: 1, maxTrain: 3, testSize: 2);
        Assert.Equal([[1, 2, 3], [3, 4, 5]], splits.Select(split => split.Train));
        Assert.Equal([[5, 6], [7, 8]], splits.Select(split => split.Test));
    }

    [Theory]
    [InlineData(10, 1, 0, null, null)]
    [InlineData(3, 3, 0, null, null)]
    [InlineData(10, 3, 4, null, null)]
    [InlineData(10, 3, -1, null, null)]
    [InlineData(10, 3, 0, 0, null)]
    [InlineData(10, 3, 0, null, 0)]
    [InlineData(10, 3, 0, null, 4)]
    public void What_leaves_nothing_to_learn_from_is_refused(int rows, int folds, int gap, int? maxTrain, int? testSize) =>
        Assert.Throws<UserErrorException>(() => TimeSeriesSplit.Split(rows, folds, gap, maxTrain, testSize));

    [Fact]
    public void Nothing_is_learnt_from_the_future()
    {
        for (var rows = 5; rows < 60; rows++)
        {
            foreach (var split in TimeSeriesSplit.Split(rows, 2, gap: rows / 10))
            {
                Assert.True(split.Train[^1] + (rows / 10) < split.Test[0]);
            }
        }
    }
}
