using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class McNemarTests
{
    [Theory]
    [InlineData(2, 9, 0.0654296875, 0.070440429272088, 0.038574218750000014)]
    [InlineData(120, 160, 0.01960672729028143, 0.019769406440668026, 0.016869296340143836)]
    public void P_values_are_those_of_scipy(int b, int c, double exact, double chiSquared, double midP)
    {
        // golden.json 'mcnemar b2 c9', and the same calls of scipy 1.10.1 for the second. 1e-10: incomplete beta and log-gamma.
        Assert.Equal(exact, McNemar.Exact(b, c), 1e-10);
        Assert.Equal(exact, McNemar.Exact(c, b), 1e-10);
        Assert.Equal(chiSquared, McNemar.ChiSquaredCorrected(b, c), 1e-10);
        Assert.Equal(midP, McNemar.MidP(b, c), 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public void Equal_counts_are_no_difference(int count)
    {
        Assert.Equal(1, McNemar.Exact(count, count), 1e-12);
        Assert.Equal(1, McNemar.MidP(count, count), 1e-12);
        Assert.Equal(1, McNemar.ChiSquaredCorrected(count, count));
    }
}
