namespace Assay.Statistics;

/// <summary>Draws from the gamma distribution, exactly (Marsaglia and Tsang 2000).</summary>
public static class GammaSampler
{
    /// <summary>Scale 1, so the mean is <paramref name="shape"/>, which must be positive.</summary>
    public static double Next(SeededRandom random, double shape)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        if (shape < 1)
        {
            return Next(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextNormal();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
