using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class PassAtKTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 3, 1, 0.3)]
    [InlineData(10, 3, 5, 0.9166666666666666)]
    [InlineData(200, 7, 100, 0.992991117241812)]
    [InlineData(5, 0, 3, 0)]
    [InlineData(5, 3, 3, 1)]
    public void Pass_at_k_is_one_minus_a_ratio_of_binomials(int n, int c, int k, double expected) =>
        Assert.Equal(expected, PassAtK.AnyOf(n, c, k), 1e-12);

    [Theory]
    [InlineData(10, 8, 3, 0.4666666666666667)]
    [InlineData(20, 15, 5, 0.19369195046439627)]
    [InlineData(5, 2, 3, 0)]
    [InlineData(5, 5, 5, 1)]
    public void Pass_hat_k_is_a_ratio_of_binomials(int n, int c, int k, double expected) =>
        Assert.Equal(expected, PassAtK.AllOf(n, c, k), 1e-12);

    [Fact]
    public void Over_problems_there_is_an_interval()
    {
        int[] attempts = [10, 10, 10, 10, 10, 10, 10, 2];
        var any = PassAtK.Any(attempts, [0, 1, 3, 5, 10, 2, 0, 2], 5, new BootstrapOptions { Seed = 1 }, Cancel);
        Assert.Equal((0 + .5 + 0.9166666666666666 + (1 - (1.0 / 252)) + 1 + (1 - (56.0 / 252)) + 0) / 7, any.Value!.Value, 1e-12);
        Assert.Equal(("pass@5", 7L, 1L, "bootstrap-bca"), (any.Metric, any.N, any.Excluded, any.Method));
        Assert.True(any.Low < any.Value && any.Value < any.High);
        var all = PassAtK.All([3, 3], [3, 3], 3, new BootstrapOptions(), Cancel);
        Assert.Equal((1, 1.0, "wilson"), (all.Value, all.High, all.Method));
        Assert.True(all.Low < .5);
    }

    [Fact]
    public void Too_few_attempts_are_undefined()
    {
        Assert.True(double.IsNaN(PassAtK.AnyOf(3, 1, 4)));
        Assert.True(double.IsNaN(PassAtK.AllOf(3, 3, 4)));
        Assert.Contains("4 attempts", PassAtK.Any([3, 2], [1, 0], 4, new BootstrapOptions(), Cancel).Reason);
        Assert.Null(PassAtK.Any([], [], 1, new BootstrapOptions(), Cancel).Value);
    }
}
