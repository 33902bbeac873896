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
        var sums = Sum(predicted, outcomes, bins);
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
        Error(Sum(predicted, outcomes, bins));

    /// <summary>Bins that hold equally many predictions, equal ones in one bin (<c>strategy="quantile"</c>); empty bins are left out.</summary>
    /// <param name="predicted">Probabilities, in [0, 1].</param>
    /// <param name="outcomes">Whether each came true.</param>
    /// <param name="bins">The number of bins.</param>
    public static ImmutableArray<CalibrationBin> EqualMassBins(ReadOnlySpan<float> predicted, ReadOnlySpan<bool> outcomes, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, predicted.Length);
        var (sorted, came) = (predicted.ToArray(), outcomes.ToArray());
        Array.Sort(sorted, came);
        var filled = ImmutableArray.CreateBuilder<CalibrationBin>(bins);
        var (from, low) = (0, sorted.Length == 0 ? 0 : (double)sorted[0]);
        for (var bin = 1; bin <= bins && from < sorted.Length; bin++)
        {
            var high = Quantile(sorted, (double)bin / bins);
            var to = from;
            while (to < sorted.Length && (sorted[to] <= high || bin == bins))
            {
                to++;
            }

            if (to > from)
            {
                var part = new ReadOnlySpan<float>(sorted, from, to - from);
                filled.Add(new CalibrationBin(low, high, part.Length, Sum(part) / part.Length, (double)came.AsSpan(from, part.Length).Count(true) / part.Length));
            }

            (from, low) = (to, high);
        }

        return filled.ToImmutable();
    }

    /// <summary>
    /// Expected calibration error over any bins: the mean over the rows of |observed rate - mean predicted| of their bin. Over
    /// <see cref="EqualMassBins"/> it is the adaptive calibration error.
    /// </summary>
    public static MetricValue ExpectedError(ImmutableArray<CalibrationBin> bins) => OverBins(
        bins, filled => filled.Sum(bin => bin.Count * Math.Abs(bin.ObservedRate!.Value - bin.MeanPredicted!.Value)) / filled.Sum(bin => (double)bin.Count));

    /// <summary>Maximum calibration error: the largest |observed rate - mean predicted| of a bin with predictions.</summary>
    public static MetricValue MaximumError(ImmutableArray<CalibrationBin> bins) =>
        OverBins(bins, filled => filled.Max(bin => Math.Abs(bin.ObservedRate!.Value - bin.MeanPredicted!.Value)));

    /// <summary>The mean over the classes of the expected calibration error of the class's probability (Kull et al. 2019).</summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="bins">The number of bins.</param>
    public static MetricValue ClassWiseError(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<int> truth, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, truth.Length * classes);
        var (predicted, outcomes) = (new float[truth.Length], new bool[truth.Length]);
        var sum = 0.0;
        for (var label = 0; label < classes; label++)
        {
            for (var row = 0; row < truth.Length; row++)
            {
                predicted[row] = probabilities[(row * classes) + label];
                outcomes[row] = truth[row] == label;
            }

            var error = ExpectedError(predicted, outcomes, bins);
            if (!error.IsDefined)
            {
                return error;
            }

            sum += error.Value;
        }

        return MetricValue.Of(sum / classes);
    }

    static MetricValue OverBins(ImmutableArray<CalibrationBin> bins, Func<CalibrationBin[], double> error)
    {
        CalibrationBin[] filled = [.. bins.Where(bin => bin.Count > 0)];
        return filled.Length == 0 ? MetricValue.Undefined("there are no rows to score") : Regression.Finite(error(filled));
    }

    static double Quantile(float[] sorted, double quantile)
    {
        var place = quantile * (sorted.Length - 1);
        var below = Math.Min((int)place, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * ((double)sorted[above] - sorted[below]));
    }

    static double Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    static MetricValue Error((int Count, int CameTrue, double Predicted)[] sums) =>
        sums.Any(sum => double.IsNaN(sum.Predicted))
            ? MetricValue.Undefined("a probability is not a number")
            : MetricValue.Ratio(
                sums.Sum(sum => Math.Abs(sum.CameTrue - sum.Predicted)), sums.Sum(sum => (double)sum.Count), "there are no rows to score");

    static (int Count, int CameTrue, double Predicted)[] Sum(ReadOnlySpan<float> predicted, ReadOnlySpan<bool> outcomes, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, predicted.Length);
        var sums = new (int Count, int CameTrue, double Predicted)[bins];
        for (var row = 0; row < predicted.Length; row++)
        {
            ref var sum = ref sums[BinOf(predicted[row], bins)];
            sum.Count++;
            sum.CameTrue += outcomes[row] ? 1 : 0;
            sum.Predicted += predicted[row];
        }

        return sums;
    }

    internal static int BinOf(float value, int bins)
    {
        var bin = Math.Clamp((int)MathF.Ceiling(value * bins) - 1, 0, bins - 1);
        return bin > 0 && value <= Edge(bin, bins) ? bin - 1
            : bin < bins - 1 && value > Edge(bin + 1, bins) ? bin + 1
            : bin;
    }

    static float Edge(int index, int bins) => (float)(index / (double)bins);
}
