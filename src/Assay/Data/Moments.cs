namespace Assay.Data;

/// <summary>Mean and population standard deviation of what is not missing.</summary>
static class Moments
{
    // Neumaier's compensated sum: the mean does not depend on how many rows came before.
    public static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0, lost = 0;
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
            count++;
        }

        return (sum + lost) / count;
    }

    /// <summary>
    /// Two passes. A variance below the error bound of that algorithm (Chan, Golub and LeVeque 1983; scikit-learn's
    /// _is_constant_feature) is that of a constant: the scale is then 1.
    /// </summary>
    public static Standardized Of(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        double squares = 0, deviations = 0;
        var count = 0;
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                var deviation = value - mean;
                deviations += deviation;
                squares += deviation * deviation;
                count++;
            }
        }

        var variance = (squares - (deviations * deviations / count)) / count;
        var epsilon = Math.BitIncrement(1.0) - 1;
        var bound = (count * epsilon * variance) + Math.Pow(count * mean * epsilon, 2);
        return new Standardized(mean, variance <= bound ? 1 : Math.Sqrt(variance));
    }
}
