namespace Assay.Metrics;

/// <summary>Whether predicted intervals hold the truth as often as they should, and how wide they are.</summary>
public static class PredictionIntervals
{
    /// <summary>The share of rows with low ≤ truth ≤ high; to be compared with the level the intervals were made for.</summary>
    public static MetricValue Coverage(ReadOnlySpan<double> truth, ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(low.Length, truth.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(high.Length, truth.Length);
        SampleWeights.Check(weights, truth.Length);
        var held = new double[truth.Length];
        for (var row = 0; row < held.Length; row++)
        {
            held[row] = double.IsNaN(truth[row] + low[row] + high[row]) ? double.NaN : truth[row] >= low[row] && truth[row] <= high[row] ? 1 : 0;
        }

        return Regression.Mean(held, weights, value => value);
    }

    /// <summary>The mean of high - low; negative where ends are exchanged.</summary>
    public static MetricValue MeanWidth(ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(high.Length, low.Length);
        SampleWeights.Check(weights, low.Length);
        var widths = new double[low.Length];
        for (var row = 0; row < widths.Length; row++)
        {
            widths[row] = high[row] - low[row];
        }

        return Regression.Mean(widths, weights, value => value);
    }
}
