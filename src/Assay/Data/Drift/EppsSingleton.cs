using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Assay.Data.Drift;

/// <summary>
/// Whether two empirical characteristic functions differ at two points, so that differences of any kind count, also of whole numbers; <c>es</c>.
/// scipy.stats.epps_singleton_2samp (Epps and Singleton 1986; Goerg and Kaiser 2009).
/// </summary>
public static class EppsSingleton
{
    const int Fewest = 5;
    const int FewestWithoutCorrection = 25;
    const double Negligible = 1e-14;

    // The points, in half interquartile ranges of both samples.
    static readonly double[] _points = [0.4, 0.8];

    /// <summary>Effect <c>ks_distance</c>. NaN for fewer than 5 values on a side, or where the middle half of all values is one value.</summary>
    /// <param name="reference">Ascending, without NaN, not empty.</param>
    /// <param name="current">Likewise.</param>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var effect = KolmogorovSmirnov.Distance(reference, current);
        double[] all = [.. reference, .. current];
        Array.Sort(all);
        var scale = (Quantile.Linear(all, 0.75) - Quantile.Linear(all, 0.25)) / 2;
        if (Math.Min(reference.Length, current.Length) < Fewest || !(scale > 0))
        {
            return new TestResult(double.NaN, double.NaN, effect, "ks_distance");
        }

        double n = reference.Length, m = current.Length, rows = n + m;
        var (meanA, covarianceA) = Moments(reference, scale);
        var (meanB, covarianceB) = Moments(current, scale);
        var (squared, rank) = Distance((covarianceA * (rows / n)) + (covarianceB * (rows / m)), meanA - meanB);
        var statistic = rows * squared;
        if (Math.Max(n, m) < FewestWithoutCorrection)
        {
            statistic /= 1 + Math.Pow(rows, -0.45) + (10.1 * (Math.Pow(n, -1.7) + Math.Pow(m, -1.7)));
        }

        var p = rank == 0 ? double.NaN : SpecialFunctions.GammaUpperRegularized(rank / 2.0, statistic / 2);
        return new TestResult(statistic, p, effect, "ks_distance");
    }

    // Mean and covariance (ddof 0) of the cosine and the sine at each point.
    static (Vector<double> Mean, Matrix<double> Covariance) Moments(ReadOnlySpan<double> values, double scale)
    {
        var width = 2 * _points.Length;
        var (sums, products, parts) = (new double[width], new double[width, width], new double[width]);
        foreach (var value in values)
        {
            for (var i = 0; i < _points.Length; i++)
            {
                (parts[_points.Length + i], parts[i]) = Math.SinCos(value * _points[i] / scale);
            }

            for (var i = 0; i < width; i++)
            {
                sums[i] += parts[i];
                for (var j = 0; j <= i; j++)
                {
                    products[i, j] += parts[i] * parts[j];
                }
            }
        }

        double n = values.Length;
        var mean = Vector<double>.Build.Dense(width, i => sums[i] / n);
        return (mean, Matrix<double>.Build.Dense(width, width, (i, j) => (products[Math.Max(i, j), Math.Min(i, j)] / n) - (mean[i] * mean[j])));
    }

    // Mahalanobis's, in the directions that vary: of numbers of two or three values there are fewer than four.
    static (double Squared, int Rank) Distance(Matrix<double> covariance, Vector<double> difference)
    {
        var directions = covariance.Evd(Symmetricity.Symmetric);
        var variances = directions.EigenValues.Select(value => value.Real).ToArray();
        var (squared, rank, largest) = (0.0, 0, variances.Max());
        for (var i = 0; i < variances.Length; i++)
        {
            if (variances[i] > Negligible * largest)
            {
                var along = directions.EigenVectors.Column(i).DotProduct(difference);
                squared += along * along / variances[i];
                rank++;
            }
        }

        return (squared, rank);
    }
}
