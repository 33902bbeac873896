using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class ClusteredMeanTests
{
    static readonly double[] _scores = [1, 0, 1, 1, 0, 0, 1, 1, 0, 1];
    static readonly int[] _clusters = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3];

    [Theory]
    [InlineData(ClusterVariance.Miller, 0.0653197264742181)]
    [InlineData(ClusterVariance.CR0, 0.04)]
    [InlineData(ClusterVariance.CR1, 0.046188021535170064)]
    public void Standard_errors_are_the_golden_ones(ClusterVariance variance, double expected) =>
        Assert.Equal(expected, ClusteredMean.StandardError(_scores, _clusters, variance), 1e-14);

    [Fact]
    public void Clusters_of_one_row_give_the_plain_standard_error()
    {
        int[] alone = [.. Enumerable.Range(0, 10)];
        Assert.Equal(0.16329931618554522, ClusteredMean.StandardError(_scores, alone), 1e-14);
        Assert.Equal(0.16329931618554522, ClusteredMean.StandardError(_scores, alone, ClusterVariance.Miller), 1e-14);
        var (clustered, plain) = (ClusteredMean.Interval(_scores, alone)!.Value, MeanInterval.StudentT(_scores)!.Value);
        Assert.Equal(plain.Low, clustered.Low, 1e-12);
        Assert.Equal(plain.High, clustered.High, 1e-12);
    }

    [Fact]
    public void One_cluster_or_none_or_a_NaN_has_no_interval()
    {
        Assert.Null(ClusteredMean.Interval([], []));
        Assert.Null(ClusteredMean.Interval([1], [3]));
        Assert.Null(ClusteredMean.Interval([1, 2, 3], [7, 7, 7]));
        Assert.Null(ClusteredMean.Interval([1, double.NaN, 3], [7, 8, 9]));
        Assert.True(double.IsNaN(ClusteredMean.StandardError([1, 2], [0, 0])));
    }

    [Fact]
    public void The_clustered_interval_covers_where_the_plain_one_does_not()
    {
        // 30 clusters of 10 alike rows. 1000 simulated: the standard error of a coverage of 0.95 is 0.007, five of them 0.035.
        var random = new SeededRandom(1);
        int[] clusters = [.. Enumerable.Range(0, 300).Select(i => i / 10)];
        var (clustered, plain, values) = (0, 0, new double[300]);
        for (var run = 0; run < 1000; run++)
        {
            for (var i = 0; i < 300; i += 10)
            {
                var shared = random.NextNormal();
                foreach (ref var value in values.AsSpan(i, 10))
                {
                    value = shared + random.NextNormal();
                }
            }

            clustered += Holds(ClusteredMean.Interval(values, clusters));
            plain += Holds(MeanInterval.StudentT(values));
        }

        Assert.InRange(clustered, 915, 985);
        Assert.True(plain < 700);
    }

    static int Holds(Interval? interval) => interval is { Low: <= 0, High: >= 0 } ? 1 : 0;
}
