using System.Collections.Immutable;

namespace Assay.Metrics;

/// <summary>Predictions whose probability lies in (<paramref name="Low"/>, <paramref name="High"/>]; 0 belongs to the first bin.</summary>
/// <param name="Low">Lower edge, outside.</param>
/// <param name="High">Upper edge, inside.</param>
/// <param name="Count">Predictions in the bin.</param>
/// <param name="MeanPredicted">Their mean probability; null when the bin is empty.</param>
/// <param name="ObservedRate">The share that came true; null when the bin is empty.</param>
public readonly record struct CalibrationBin(double Low, double High, int Count, double? MeanPredicted, double? ObservedRate);

/// <summary>
/// Whether probabilities mean what they say: bins of equal width, (low, high] (scikit-learn's <c>calibration_curve</c>,
/// <c>strategy="uniform"</c>). Edges are compared as 32-bit floats, so that a stored 0.4 lies on the edge 0.4.
/// </summary>
public static class Calibration
{
    /// <summary>All bins in order, empty ones too.</summary>
    /// <param name="predicted">Probabilities, in [0, 1]: of the positive class, or of the predicted one.</param>
    /// <param name="outcomes">Whether each came true.</param>
    /// <param name="bins">10 by default, as in <c>calibration_curve</c>'s usual use; the paper used 15.</param>
    public static ImmutableArray<CalibrationBin> Bins(ReadOnlySpan<float> predicted, ReadOnlySpan<bool> outcomes, int bins = 10)
    {
        var sums = Sum(predicted, outcomes, [], bins);
        return [.. sums.Select((sum, i) => sum.Count == 0
            ? new CalibrationBin(i / (double)bins, (i + 1) / (double)bins, 0, null, null)
            : new CalibrationBin(i / (double)bins, (i + 1) / (double)bins, sum.Count, sum.Predicted / sum.Count, (double)sum.CameTrue / sum.Count))];
    }

    /// <summary>
    /// Expected calibration error: the mean over the rows of |observed rate - mean predicted| of their bin (Guo et al. 2017). In [0, 1];
    /// biased upwards for few rows, so read it with its interval.
    /// </summary>
    /// <param name="predicted">Probabilities, in [0, 1].</param>
    /// <param name="outcomes">Whether each came true.</param>
    /// <param name="bins">The number of bins.</param>
    public static MetricValue ExpectedError(ReadOnlySpan<float> predicted, ReadOnlySpan<bool> outcomes, int bins = 10) =>
        Error(Sum(predicted, outcomes, [], bins));

    /// <summary>Of these rows only, each as often as it is named: a resample.</summary>
    internal static MetricValue ExpectedErrorOf(ReadOnlySpan<int> rows, ReadOnlySpan<float> predicted, ReadOnlySpan<bool> outcomes, int bins = 10) =>
        Error(Sum(predicted, outcomes, rows, bins));

    static MetricValue Error((int Count, int CameTrue, double Predicted)[] sums) =>
        sums.Any(sum => double.IsNaN(sum.Predicted))
            ? MetricValue.Undefined("a probability is not a number")
            : MetricValue.Ratio(
                sums.Sum(sum => Math.Abs(sum.CameTrue - sum.Predicted)), sums.Sum(sum => (double)sum.Count), "there are no rows to score");

    static (int Count, int CameTrue, double Predicted)[] Sum(
        ReadOnlySpan<float> predicted, ReadOnlySpan<bool> outcomes, ReadOnlySpan<int> rows, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, predicted.Length);
        var sums = new (int Count, int CameTrue, double Predicted)[bins];
        var length = rows.IsEmpty ? predicted.Length : rows.Length;
        for (var i = 0; i < length; i++)
        {
            var row = rows.IsEmpty ? i : rows[i];
            ref var sum = ref sums[BinOf(predicted[row], bins)];
            sum.Count++;
            sum.CameTrue += outcomes[row] ? 1 : 0;
            sum.Predicted += predicted[row];
        }

        return sums;
    }

    static int BinOf(float value, int bins)
    {
        var bin = Math.Clamp((int)MathF.Ceiling(value * bins) - 1, 0, bins - 1);
        return bin > 0 && value <= Edge(bin, bins) ? bin - 1
            : bin < bins - 1 && value > Edge(bin + 1, bins) ? bin + 1
            : bin;
    }

    static float Edge(int index, int bins) => (float)(index / (double)bins);
}
