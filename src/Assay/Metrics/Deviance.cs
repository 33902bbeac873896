namespace Assay.Metrics;

/// <summary>
/// Tweedie deviance, the loss of a generalised linear model: power 0 is the squared error, 1 Poisson, 2 gamma, 3 inverse Gaussian;
/// between 1 and 2 a compound that has zeros. Source: Jørgensen 1987; scikit-learn's <c>mean_tweedie_deviance</c>.
/// </summary>
public static class Deviance
{
    /// <summary>Mean deviance of counts: 2 (y ln(y / p) - y + p). Truth of 0 or more, predictions above 0.</summary>
    public static MetricValue Poisson(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        Tweedie(truth, predicted, 1, weights);

    /// <summary>Mean deviance of amounts: 2 (ln(p / y) + y / p - 1). Truth and predictions above 0.</summary>
    public static MetricValue Gamma(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default) =>
        Tweedie(truth, predicted, 2, weights);

    /// <summary>The mean; undefined when a value is out of the range of the power.</summary>
    /// <param name="truth">For power 1 to below 2: 0 or more; 2 and above: above 0; otherwise any number.</param>
    /// <param name="predicted">Above 0 unless the power is 0.</param>
    /// <param name="power">0 or less, or 1 or more.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    /// <exception cref="UserErrorException">The power lies between 0 and 1, where there is no such distribution; or a weight is negative.</exception>
    public static MetricValue Tweedie(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double power, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, truth.Length);
        SampleWeights.Check(weights, truth.Length);
        if (power is > 0 and < 1 || double.IsNaN(power))
        {
            throw new UserErrorException($"The power of a Tweedie deviance is {power}. Expected 0 or less, or 1 or more. Poisson is 1, gamma 2.");
        }

        double sum = 0, total = 0;
        for (var row = 0; row < truth.Length; row++)
        {
            if (OutOfRange(truth[row], predicted[row], power))
            {
                return MetricValue.Undefined($"row {row} has truth {truth[row]} and prediction {predicted[row]}, out of the range of power {power}");
            }

            var weight = SampleWeights.Of(weights, row);
            sum += weight * OfRow(truth[row], predicted[row], power);
            total += weight;
        }

        return total > 0 ? Regression.Finite(sum / total) : MetricValue.Undefined("there are no rows to score");
    }

    /// <summary>1 - deviance / that of always predicting the mean of the truth: <c>d2_tweedie_score</c>; with power 0 it is R².</summary>
    public static MetricValue D2Tweedie(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, double power, ReadOnlySpan<double> weights = default)
    {
        var deviance = Tweedie(truth, predicted, power, weights);
        if (truth.Length < 2 || !deviance.IsDefined)
        {
            return deviance.IsDefined ? MetricValue.Undefined("it needs two rows or more") : deviance;
        }

        var constant = new double[truth.Length];
        constant.AsSpan().Fill(Regression.Mean(truth, weights, value => value).Value);
        return Regression.Against(deviance, Tweedie(truth, constant, power, weights));
    }

    static bool OutOfRange(double truth, double predicted, double power) =>
        !double.IsFinite(truth) || !double.IsFinite(predicted)
        || (power != 0 && predicted <= 0) || (power is >= 1 and < 2 && truth < 0) || (power >= 2 && truth <= 0);

    static double OfRow(double truth, double predicted, double power) => power switch
    {
        0 => (truth - predicted) * (truth - predicted),
        1 => 2 * ((truth == 0 ? 0 : truth * Math.Log(truth / predicted)) - truth + predicted),
        2 => 2 * (Math.Log(predicted / truth) + (truth / predicted) - 1),
        _ => 2 * ((Math.Pow(Math.Max(truth, 0), 2 - power) / ((1 - power) * (2 - power)))
            - (truth * Math.Pow(predicted, 1 - power) / (1 - power)) + (Math.Pow(predicted, 2 - power) / (2 - power))),
    };
}
