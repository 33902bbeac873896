using MathNet.Numerics;

namespace Assay.Metrics;

/// <summary>
/// How far two groupings of the same rows agree, whatever the groups are called. scikit-learn's definitions; entropies in nats, averaged
/// arithmetically. Two groupings of one group each agree: 1. No rows: undefined.
/// </summary>
public sealed class Clustering
{
    const string NoRows = "there are no rows to score";
    const double MachineEpsilon = 2.220446049250313e-16;

    readonly long[,] _cells;
    readonly long[] _truth;
    readonly long[] _found;
    readonly long _n;

    Clustering(long[,] cells, long[] truth, long[] found, long n)
    {
        (_cells, _truth, _found, _n) = (cells, truth, found, n);
    }

    /// <summary>Counts the rows of every pair of groups, in one pass.</summary>
    /// <param name="truth">A group per row, from 0.</param>
    /// <param name="found">The other grouping of the same rows.</param>
    public static Clustering Of(ReadOnlySpan<int> truth, ReadOnlySpan<int> found)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(found.Length, truth.Length);
        var (rows, columns) = (Groups(truth), Groups(found));
        var (cells, ofTruth, ofFound) = (new long[rows, columns], new long[rows], new long[columns]);
        for (var i = 0; i < truth.Length; i++)
        {
            cells[truth[i], found[i]]++;
            ofTruth[truth[i]]++;
            ofFound[found[i]]++;
        }

        return new Clustering(cells, ofTruth, ofFound, truth.Length);
    }

    /// <summary>Pairs of rows judged alike by both or by neither, corrected for chance (Hubert and Arabie 1985); 1 at best, about 0 by chance.</summary>
    public MetricValue AdjustedRand()
    {
        var (squares, falsePositive, falseNegative) = (SumOf(cell => cell * cell), 0.0, 0.0);
        foreach (var (t, f, cell) in Cells())
        {
            falsePositive += cell * _found[f];
            falseNegative += cell * _truth[t];
        }

        (falsePositive, falseNegative) = (falsePositive - squares, falseNegative - squares);
        var truePositive = squares - _n;
        var trueNegative = ((double)_n * _n) - falsePositive - falseNegative - squares;
        return _n == 0 ? MetricValue.Undefined(NoRows)
            : falsePositive == 0 && falseNegative == 0 ? MetricValue.Of(1)
            : MetricValue.Of(2 * ((truePositive * trueNegative) - (falseNegative * falsePositive))
                / (((truePositive + falseNegative) * (falseNegative + trueNegative)) + ((truePositive + falsePositive) * (falsePositive + trueNegative))));
    }

    /// <summary>Mutual information over the mean of both entropies.</summary>
    public MetricValue NormalizedMutualInformation() => OverEntropy(0);

    /// <summary>The same corrected for chance (Vinh, Epps and Bailey 2010).</summary>
    public MetricValue AdjustedMutualInformation() => OverEntropy(ExpectedMutualInformation());

    /// <summary>Share of the truth's entropy that the found groups explain: 1 when each holds rows of one true group only.</summary>
    public MetricValue Homogeneity() => Explained(_truth);

    /// <summary>Share of the found groups' entropy that the truth explains: 1 when each true group lies in one found group.</summary>
    public MetricValue Completeness() => Explained(_found);

    /// <summary>Harmonic mean of homogeneity and completeness.</summary>
    public MetricValue VMeasure()
    {
        var (h, c) = (Homogeneity(), Completeness());
        return !h.IsDefined ? h : h.Value + c.Value == 0 ? MetricValue.Of(0) : MetricValue.Of(2 * h.Value * c.Value / (h.Value + c.Value));
    }

    /// <summary>Geometric mean of precision and recall over pairs of rows.</summary>
    public MetricValue FowlkesMallows()
    {
        var together = SumOf(cell => cell * cell) - _n;
        return _n == 0 ? MetricValue.Undefined(NoRows)
            : together == 0 ? MetricValue.Of(0)
            : MetricValue.Of(Math.Sqrt(together / (_found.Sum(count => (double)count * count) - _n)) * Math.Sqrt(together / (_truth.Sum(count => (double)count * count) - _n)));
    }

    MetricValue Explained(long[] groups) => _n == 0 ? MetricValue.Undefined(NoRows)
        : Entropy(groups) is > 0 and var entropy ? MetricValue.Of(MutualInformation() / entropy)
        : MetricValue.Of(1);

    MetricValue OverEntropy(double expected)
    {
        if (_n == 0)
        {
            return MetricValue.Undefined(NoRows);
        }

        var mean = (Entropy(_truth) + Entropy(_found)) / 2;
        if (_truth.Count(count => count > 0) == 1 && _found.Count(count => count > 0) == 1)
        {
            return MetricValue.Of(1);
        }

        // scikit-learn keeps the divisor away from 0, for groupings in which every row is a group of its own.
        var range = mean - expected;
        range = range < 0 ? Math.Min(range, -MachineEpsilon) : Math.Max(range, MachineEpsilon);
        return MetricValue.Of((MutualInformation() - expected) / range);
    }

    double MutualInformation() => Math.Max(0, Cells().Sum(cell =>
        (double)cell.Rows / _n * Math.Log((double)cell.Rows * _n / ((double)_truth[cell.Truth] * _found[cell.Found]))));

    // Over all tables with these margins, which are hypergeometric by chance.
    double ExpectedMutualInformation()
    {
        var sum = 0.0;
        foreach (var a in _truth.Where(count => count > 0))
        {
            foreach (var b in _found.Where(count => count > 0))
            {
                for (var both = Math.Max(1, a + b - _n); both <= Math.Min(a, b); both++)
                {
                    var chance = Log(a) + Log(b) + Log(_n - a) + Log(_n - b) - Log(_n) - Log(both) - Log(a - both) - Log(b - both) - Log(_n - a - b + both);
                    sum += (double)both / _n * Math.Log((double)_n * both / ((double)a * b)) * Math.Exp(chance);
                }
            }
        }

        return sum;
    }

    static double Log(long factorialOf) => SpecialFunctions.GammaLn(factorialOf + 1.0);

    double Entropy(long[] groups) => -groups.Where(count => count > 0).Sum(count => (double)count / _n * Math.Log((double)count / _n));

    double SumOf(Func<double, double> value) => Cells().Sum(cell => value(cell.Rows));

    IEnumerable<(int Truth, int Found, long Rows)> Cells()
    {
        for (var t = 0; t < _truth.Length; t++)
        {
            for (var f = 0; f < _found.Length; f++)
            {
                if (_cells[t, f] > 0)
                {
                    yield return (t, f, _cells[t, f]);
                }
            }
        }
    }

    static int Groups(ReadOnlySpan<int> labels)
    {
        var most = -1;
        foreach (var label in labels)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(label);
            most = Math.Max(most, label);
        }

        return most + 1;
    }
}
