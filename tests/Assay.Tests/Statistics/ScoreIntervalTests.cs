using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class ScoreIntervalTests
{
    static readonly double[] _binary = [1, 0, 1, 1, 0, 0, 1, 1, 0, 1];
    static readonly double[] _graded = [1, .5, 1, .2, 0, 0, .7, 1, 0, .9];
    static readonly int[] _clusters = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3];

    [Theory]
    [InlineData(IntervalMethod.Default, "wilson", "t", "clustered-t")]
    [InlineData(IntervalMethod.Wilson, "wilson", null, null)]
    [InlineData(IntervalMethod.ClopperPearson, "clopper-pearson", null, null)]
    [InlineData(IntervalMethod.StudentT, "t", "t", "t")]
    [InlineData(IntervalMethod.BootstrapBca, "bootstrap-bca", "bootstrap-bca", "cluster-bootstrap-bca")]
    [InlineData(IntervalMethod.BootstrapPercentile, "bootstrap-percentile", "bootstrap-percentile", "cluster-bootstrap-percentile")]
    [InlineData(IntervalMethod.ClusteredT, null, null, "clustered-t")]
    public void The_method_is_the_one_chosen_or_the_documented_default(IntervalMethod method, string? binary, string? graded, string? clustered)
    {
        Assert.Equal(binary, Of(_binary, [], method)?.Method);
        Assert.Equal(graded, Of(_graded, [], method)?.Method);
        Assert.Equal(clustered, Of(_graded, _clusters, method)?.Method);
        Assert.Null(Of([], [], method));
    }

    static Interval? Of(double[] scores, int[] clusters, IntervalMethod method) =>
        ScoreInterval.Of(scores, clusters, method, new BootstrapOptions { Seed = 1 }, TestContext.Current.CancellationToken);
}
