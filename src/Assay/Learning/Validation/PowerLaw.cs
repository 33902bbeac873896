namespace Assay.Learning.Validation;

/// <summary>The curve <c>A + B n^-C</c>: where learning ends, and how it gets there.</summary>
/// <param name="A">The score with endless rows.</param>
/// <param name="B">Negative where the score rises.</param>
/// <param name="C">How fast, 0.05 to 2.</param>
public readonly record struct PowerLaw(double A, double B, double C)
{
    const double Slowest = 0.05;
    const double Fastest = 2;
    const int GridSteps = 200;

    /// <summary>The curve's score for so many rows.</summary>
    public double At(double rows) => A + (B * Math.Pow(rows, -C));

    /// <summary>The least squares curve: for each C of a fine grid, A and B by linear regression.</summary>
    /// <param name="rows">Above 0, at least three different.</param>
    /// <param name="scores">One per size.</param>
    public static PowerLaw Fit(ReadOnlySpan<double> rows, ReadOnlySpan<double> scores)
    {
        var (best, least) = (default(PowerLaw), double.PositiveInfinity);
        for (var step = 0; step <= GridSteps; step++)
        {
            var law = Line(rows, scores, Slowest * Math.Pow(Fastest / Slowest, (double)step / GridSteps));
            var squares = law.Residual(rows, scores);
            (best, least) = squares < least ? (law, squares) : (best, least);
        }

        return best;
    }

    /// <summary>Sum of squared distances.</summary>
    internal double Residual(ReadOnlySpan<double> rows, ReadOnlySpan<double> scores)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var distance = scores[i] - At(rows[i]);
            sum += distance * distance;
        }

        return sum;
    }

    static PowerLaw Line(ReadOnlySpan<double> rows, ReadOnlySpan<double> scores, double power)
    {
        var (meanX, meanY) = (0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            meanX += Math.Pow(rows[i], -power) / rows.Length;
            meanY += scores[i] / rows.Length;
        }

        var (xx, xy) = (0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            var x = Math.Pow(rows[i], -power) - meanX;
            xx += x * x;
            xy += x * (scores[i] - meanY);
        }

        var slope = xx > 0 ? xy / xx : 0;
        return new PowerLaw(meanY - (slope * meanX), slope, power);
    }
}
