namespace Assay.Metrics;

/// <summary>
/// The rows put into their bins once, so that the expected calibration error of any resample is one sum over its rows: within a bin
/// count · |observed rate - mean predicted| is |sum of (outcome - predicted)|. Holds 5 bytes a row.
/// </summary>
sealed class CalibrationResiduals
{
    const int Bins = 10;
    readonly byte[] _bins;
    readonly float[] _residuals;

    public CalibrationResiduals(ReadOnlySpan<float> predicted, ReadOnlySpan<bool> outcomes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, predicted.Length);
        _bins = new byte[predicted.Length];
        _residuals = new float[predicted.Length];
        for (var row = 0; row < predicted.Length; row++)
        {
            _bins[row] = (byte)Calibration.BinOf(predicted[row], Bins);
            _residuals[row] = (outcomes[row] ? 1 : 0) - predicted[row];
        }
    }

    /// <summary>Each row as often as it is named; NaN without rows.</summary>
    public double ExpectedError(ReadOnlySpan<int> rows)
    {
        Span<double> sums = stackalloc double[Bins];
        foreach (var row in rows)
        {
            sums[_bins[row]] += _residuals[row];
        }

        var error = 0.0;
        foreach (var sum in sums)
        {
            error += Math.Abs(sum);
        }

        return error / rows.Length;
    }
}
