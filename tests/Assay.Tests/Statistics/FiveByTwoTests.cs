using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class FiveByTwoTests
{
    static readonly double[] _differences = [.01, .03, -.02, .015, .04, .02, .005, .03, .02, -.01];

    [Fact]
    public void They_are_the_formulas()
    {
        // Dietterich's and Alpaydin's formulas in numpy, tails of scipy 1.10.1.
        var (t, f) = (FiveByTwo.T(_differences), FiveByTwo.F(_differences));
        Assert.Equal(0.5307448924342753, t.Statistic, 1e-10);
        Assert.Equal(0.6183145478931658, t.PValue, 1e-10);
        Assert.Equal(1.4225352112676057, f.Statistic, 1e-10);
        Assert.Equal(0.36592024181305466, f.PValue, 1e-10);
        Assert.Equal(_differences.Average(), t.Effect, 1e-12);
    }

    [Fact]
    public void Bad_input_has_a_reason()
    {
        Assert.Contains("ten", FiveByTwo.T([]).Reason);
        Assert.Contains("ten", FiveByTwo.F([1, 2]).Reason);
        Assert.Contains("spread", FiveByTwo.F(new double[10]).Reason);
        Assert.Contains("finite", FiveByTwo.T([.. _differences[..9], double.NaN]).Reason);
    }
}
