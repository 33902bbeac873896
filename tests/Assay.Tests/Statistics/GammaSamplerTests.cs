using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class GammaSamplerTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(7.5)]
    public void Mean_and_variance_are_the_shape(double shape)
    {
        var random = new SeededRandom(3);
        var draws = Enumerable.Range(0, 200_000).Select(_ => GammaSampler.Next(random, shape)).ToArray();
        var mean = draws.Average();

        // Standard errors: sqrt(shape / n) and, with kurtosis 3 + 6 / shape, shape sqrt((2 + 6 / shape) / n); five of each.
        Assert.Equal(shape, mean, 5 * Math.Sqrt(shape / draws.Length));
        Assert.Equal(shape, draws.Average(x => (x - mean) * (x - mean)), 5 * shape * Math.Sqrt((2 + (6 / shape)) / draws.Length));
    }

    [Fact]
    public void Shape_one_is_exponential()
    {
        var random = new SeededRandom(3);
        var above = Enumerable.Range(0, 100_000).Count(_ => GammaSampler.Next(random, 1) > 2);

        // exp(-2) = 0.1353; standard error 0.0011, five of them.
        Assert.Equal(Math.Exp(-2), above / 100_000.0, 0.0055);
    }
}
