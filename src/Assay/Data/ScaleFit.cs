namespace Assay.Data;

/// <summary>Learns the scale of a numeric column; NaN is missing and not learnt from.</summary>
static class ScaleFit
{
    /// <param name="step">Any but those that encode or fill.</param>
    /// <param name="values">With at least one value.</param>
    public static FittedStep Of(PreparationStep step, double[] values) => step switch
    {
        Standardize => Moments.Of(values),
        LogScale => new Logged(),
        Clip clip => new Clipped(clip.Low, clip.High),
        MinMax range => Range(range, Present(values)),
        RobustScale => Robust(Present(values)),
        QuantileScale quantile => Ranks(quantile, Present(values), values.Length),
        _ => throw new ArgumentException($"{step.GetType().Name} is not fitted.", nameof(step)),
    };

    static MinMaxScaled Range(MinMax step, double[] sorted)
    {
        var scale = (step.High - step.Low) / NotZero(sorted[^1] - sorted[0]);
        return new MinMaxScaled(scale, step.Low - (sorted[0] * scale));
    }

    static RobustScaled Robust(double[] sorted) => new(Quantile.Linear(sorted, 0.5), NotZero(Quantile.Linear(sorted, 0.75) - Quantile.Linear(sorted, 0.25)));

    // The greatest so far: interpolation may round a point below the one before it.
    static QuantileScaled Ranks(QuantileScale step, double[] sorted, int rows)
    {
        var points = new double[Math.Max(1, Math.Min(step.Quantiles, rows))];
        for (var i = 0; i < points.Length; i++)
        {
            var point = Quantile.Linear(sorted, points.Length == 1 ? 0 : (double)i / (points.Length - 1));
            points[i] = i > 0 ? Math.Max(point, points[i - 1]) : point;
        }

        return new QuantileScaled([.. points], step.Normal);
    }

    // scikit-learn's _handle_zeros_in_scale.
    static double NotZero(double scale) => scale < 10 * (Math.BitIncrement(1.0) - 1) ? 1 : scale;

    static double[] Present(double[] values)
    {
        var present = Array.FindAll(values, value => !double.IsNaN(value));
        Array.Sort(present);
        return present;
    }
}
