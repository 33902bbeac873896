namespace Assay.Metrics;

/// <summary>Quantiles of values with weights.</summary>
static class WeightedQuantile
{
    /// <summary>
    /// Without weights interpolated linearly (numpy's type 7); with weights the mean of the two values where the share of the weight below
    /// is exactly the quantile, else the first value that reaches it. Null without rows, NaN when a value is NaN.
    /// </summary>
    public static double? Of(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double quantile)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        var sorted = values.ToArray();
        if (Array.Exists(sorted, double.IsNaN))
        {
            return double.NaN;
        }

        if (weights.IsEmpty)
        {
            Array.Sort(sorted);
            var place = quantile * (sorted.Length - 1);
            var below = (int)place;
            return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
        }

        var sortedWeights = weights.ToArray();
        Array.Sort(sorted, sortedWeights);
        var goal = quantile * sortedWeights.Sum();
        var sum = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += sortedWeights[i];
            if (sum > goal || i == sorted.Length - 1)
            {
                return sorted[i];
            }

            if (sum == goal && sortedWeights[i] > 0)
            {
                var next = Array.FindIndex(sortedWeights, i + 1, weight => weight > 0);
                return next < 0 ? sorted[i] : (sorted[i] + sorted[next]) / 2;
            }
        }

        return null;
    }
}
