using Assay.Metrics;

namespace Assay.Tests.Metrics;

/// <summary>Reference values: "cluster" and "cluster.int" of ../shared/golden/golden.json (scikit-learn 1.2.1).</summary>
public class ClusteringTests
{
    // The values are printed with 16 digits; sums in another order differ in the last.
    const double Rounding = 1e-12;

    static readonly double[] _points = [0, 0, 0, 1, 5, 5, 5, 6, 9, 0];
    static readonly int[] _groups = [0, 0, 1, 1, 2];

    [Fact]
    public void Agreement_of_two_groupings_is_scikit_learns()
    {
        var agreement = Clustering.Of(_groups, [0, 0, 1, 2, 2]);
        Assert.Equal(0.375, agreement.AdjustedRand().Value, Rounding);
        Assert.Equal(0.737175493807016, agreement.NormalizedMutualInformation().Value, Rounding);
        Assert.Equal(0.3750000000000001, agreement.AdjustedMutualInformation().Value, Rounding);
        Assert.Equal(0.737175493807016, agreement.VMeasure().Value, Rounding);
        Assert.Equal(0.5000000000000001, agreement.FowlkesMallows().Value, Rounding);
    }

    [Fact]
    public void Shape_of_groups_of_points_is_scikit_learns()
    {
        Assert.Equal(0.6844645162145344, ClusterShape.Silhouette(_points, 2, _groups).Value, Rounding);
        Assert.Equal(91.0, ClusterShape.CalinskiHarabasz(_points, 2, _groups).Value, 1e-10);
        Assert.Equal(0.11878805822799993, ClusterShape.DaviesBouldin(_points, 2, _groups).Value, Rounding);
    }

    [Fact]
    public void The_names_of_groups_do_not_matter()
    {
        var renamed = Clustering.Of([2, 2, 0, 0, 1], [0, 0, 1, 2, 2]);
        Assert.Equal(Clustering.Of(_groups, [0, 0, 1, 2, 2]).AdjustedMutualInformation().Value, renamed.AdjustedMutualInformation().Value, Rounding);
        Assert.Equal(1, Clustering.Of(_groups, [1, 1, 0, 0, 2]).AdjustedRand().Value);
    }

    [Fact]
    public void One_group_each_agree_and_no_rows_are_undefined()
    {
        Assert.Equal(1, Clustering.Of([0, 0], [0, 0]).NormalizedMutualInformation().Value);
        Assert.NotNull(Clustering.Of([], []).AdjustedRand().Reason);
        Assert.NotNull(ClusterShape.Silhouette(_points, 2, [0, 0, 0, 0, 0]).Reason);
        Assert.NotNull(ClusterShape.DaviesBouldin(_points, 2, [0, 1, 2, 3, 4]).Reason);
    }
}
