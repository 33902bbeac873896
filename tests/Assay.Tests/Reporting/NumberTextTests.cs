using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Tests.Reporting;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.8123, null, "0.812")]
    [InlineData(0.0, null, "0")]
    [InlineData(1.0, null, "1.000")]
    [InlineData(12.0, null, "12")]
    [InlineData(-0.5, null, "-0.500")]
    [InlineData(0.0123, null, "0.012")]
    [InlineData(0.00123, null, "0.0012")]
    [InlineData(0.0000596, null, "5.96e-05")]
    [InlineData(0.9996, null, "0.9996")]
    [InlineData(123.456, null, "123.5")]
    [InlineData(20640.4, null, "20640")]
    [InlineData(0.00123, "s", "1.23 ms")]
    [InlineData(0.0000123, "s", "12.3 µs")]
    [InlineData(0.00000000123, "s", "1.23 ns")]
    [InlineData(48.215, "s", "48.2 s")]
    [InlineData(312.4, "s", "312 s")]
    [InlineData(512.0, "bytes", "512 B")]
    [InlineData(148635648.0, "bytes", "142 MiB")]
    [InlineData(198.34, "1/s", "198.3 /s")]
    [InlineData(3.25, "tokens", "3.250 tokens")]
    public void A_number_has_the_digits_a_reader_needs(double value, string? unit, string text) => Assert.Equal(text, NumberText.Number(value, unit));

    [Fact]
    public void An_interval_has_the_scale_and_the_decimals_of_its_number()
    {
        Assert.Equal("0.812 [0.794, 0.829]", NumberText.WithInterval(0.8121, 0.7938, 0.8291));
        Assert.Equal("1.23 ms [0.90, 140.00]", NumberText.WithInterval(0.00123, 0.0009, 0.14, "s"));
        Assert.Equal("0.000 [0.000, 0.029]", NumberText.WithInterval(0, 0, 0.029));
        Assert.Equal("+0.012 [-0.003, +0.027]", NumberText.Difference(0.012, -0.003, 0.027));
        Assert.Equal("0.000 [-0.020, +0.020]", NumberText.Difference(-0.0001, -0.02, 0.02));
    }

    [Fact]
    public void An_undefined_number_says_why()
    {
        var estimate = new Estimate { Metric = "f1", N = 0, Definition = "f1", Reason = "no positive row" };
        Assert.Equal("- (no positive row)", NumberText.Of(estimate));
        Assert.Equal("- (no positive row)", NumberText.Of(estimate with { Value = double.NaN }));
        Assert.Equal("-", NumberText.Number(double.NaN, "s"));
        Assert.Equal("-", NumberText.PValue(null));
    }

    [Theory]
    [InlineData(0.0123, "0.012")]
    [InlineData(0.0004, "<0.001")]
    [InlineData(1.0, "1.000")]
    public void A_p_value_is_never_shown_as_zero(double value, string text) => Assert.Equal(text, NumberText.PValue(value));
}
