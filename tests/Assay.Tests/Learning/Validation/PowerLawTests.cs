using Assay.Learning.Validation;

namespace Assay.Tests.Learning.Validation;

public class PowerLawTests
{
    [Theory]
    [InlineData(0.9, -2, 0.5)]
    [InlineData(0.1, 3, 1)]
    [InlineData(5, -4, 0.1)]
    public void A_law_is_found_again(double a, double b, double c)
    {
        double[] rows = [10, 30, 100, 300, 1000, 3000];
        var law = PowerLaw.Fit(rows, [.. rows.Select(new PowerLaw(a, b, c).At)]);

        // The grid of C has steps of 2 %.
        Assert.Equal(c, law.C, 0.02 * c);
        Assert.Equal(new PowerLaw(a, b, c).At(6000), law.At(6000), 0.01);
    }

    [Fact]
    public void A_constant_is_its_own_end()
    {
        var law = PowerLaw.Fit([10, 20, 40, 80], [0.5, 0.5, 0.5, 0.5]);
        Assert.Equal(0.5, law.A, 1e-12);
        Assert.Equal(0, law.B, 1e-12);
    }
}
