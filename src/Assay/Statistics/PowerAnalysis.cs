namespace Assay.Statistics;

/// <summary>
/// How many questions a comparison of two models needs, and how small a difference it can find. Sources: Miller 2024, Adding Error Bars to
/// Evals, section 5 (paired means, K samples a question); Connor 1987 (McNemar); Donner and Klar 2000 (design effect of clusters).
/// </summary>
public static class PowerAnalysis
{
    /// <summary>
    /// The number of questions, not rounded up: (z_α/2 + z_β)² (ω² + 2σ²/K) / δ², or for right and wrong (z_α/2 √ψ + z_β √(ψ - δ²))² / δ²
    /// with ψ the discordant share. In M clusters each question brings less: n (1 - ρ) / (1 - nρ / M). Infinite where no number suffices.
    /// </summary>
    /// <param name="design">What is known of the comparison.</param>
    /// <param name="effect">δ, the true difference to be found; its sign does not matter.</param>
    public static double Questions(PowerDesign design, double effect)
    {
        Check(design);
        ArgumentOutOfRangeException.ThrowIfZero(effect);
        var (z, zPower, square) = (NormalQuantile.TwoSided(1 - design.Alpha), NormalQuantile.TwoSided((2 * design.Power) - 1), effect * effect);
        double needed;
        if (design.Discordant is { } discordant)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(effect), discordant);
            var root = (z * Math.Sqrt(discordant)) + (zPower * Math.Sqrt(Math.Max(0, discordant - square)));
            needed = root * root / square;
        }
        else
        {
            needed = (z + zPower) * (z + zPower) * (design.Variance + (2 * design.Noise / design.SamplesPerQuestion)) / square;
        }

        return design.Clusters is { } clusters ? Clustered(needed, clusters, design.IntraclassCorrelation) : needed;
    }

    /// <summary>The smallest true difference that this many questions find with the design's power; NaN where none is.</summary>
    /// <param name="design">What is known of the comparison.</param>
    /// <param name="questions">At least 1.</param>
    public static double MinimumDetectableEffect(PowerDesign design, double questions)
    {
        Check(design);
        ArgumentOutOfRangeException.ThrowIfLessThan(questions, 1);
        var independent = design.Clusters is { } clusters
            ? questions / (1 + (Math.Max(0, (questions / clusters) - 1) * design.IntraclassCorrelation))
            : questions;
        if (design.Discordant is null)
        {
            // The needed number falls with the square of the effect.
            return Math.Sqrt(Questions(design with { Clusters = null }, 1) / independent);
        }

        var (low, high) = (0.0, design.Discordant.Value);
        if (Questions(design with { Clusters = null }, high) > independent)
        {
            return double.NaN;
        }

        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            (low, high) = Questions(design with { Clusters = null }, middle) > independent ? (middle, high) : (low, middle);
        }

        return high;
    }

    // n questions in M clusters know as much as n / (1 + (n / M - 1) ρ) independent ones. With one a cluster or fewer they are independent.
    static double Clustered(double independent, double clusters, double correlation)
    {
        var left = 1 - (independent * correlation / clusters);
        return independent <= clusters ? independent : left <= 0 ? double.PositiveInfinity : independent * (1 - correlation) / left;
    }

    static void Check(PowerDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(design.Power, 0.5);
        ArgumentOutOfRangeException.ThrowIfNegative(design.Variance);
        ArgumentOutOfRangeException.ThrowIfNegative(design.Noise);
        ArgumentOutOfRangeException.ThrowIfLessThan(design.SamplesPerQuestion, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(design.Clusters ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(design.IntraclassCorrelation);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(design.IntraclassCorrelation, 1);
    }
}
