using MathNet.Numerics.Distributions;

namespace Assay.Statistics;

/// <summary>
/// A running mean with its always-valid interval: the intersection of all intervals of a <see cref="ConfidenceSequence"/> so far, which holds
/// as long as each of them does, and so never takes a decision back. Not thread-safe.
/// </summary>
public sealed class SequentialMean
{
    readonly ConfidenceSequence _sequence;
    readonly double _least;
    readonly double _most;
    double _low;
    double _high;
    double _squares;

    /// <summary>Without scores the interval is all of the range.</summary>
    /// <param name="least">Least possible score; of differences of scores from 0 to 1: -1.</param>
    /// <param name="most">Greatest possible score.</param>
    /// <param name="confidence">In (0, 1).</param>
    public SequentialMean(double least, double most, double confidence)
    {
        _sequence = new ConfidenceSequence(least, most, confidence);
        (_least, _most, _low, _high) = (least, most, least, most);
    }

    /// <summary>How many scores there were.</summary>
    public long N => _sequence.N;

    /// <summary>NaN without scores.</summary>
    public double Mean => _sequence.Mean;

    /// <summary>Method <c>betting</c>.</summary>
    public Interval Interval => new(_low, _high, "betting");

    /// <summary>Adds a score. False: it is out of range, and was not added.</summary>
    public bool Add(double score)
    {
        if (!(score >= _least && score <= _most))
        {
            return false;
        }

        _sequence.Add(score);
        _squares += score * score;
        var now = _sequence.Interval;

        // A sequence that has missed may leave nothing in common: then the newest alone is told.
        (_low, _high) = now.Low > _high || now.High < _low ? (now.Low, now.High) : (Math.Max(_low, now.Low), Math.Min(_high, now.High));
        return true;
    }

    /// <summary>
    /// About how likely it is that the interval of all samples lies above the bound, below it, or within a margin of 0: the mean of all
    /// is normal around that so far with the variance s² (1/n - 1/N), and the interval narrows as √(log n / n), as the sequence does.
    /// </summary>
    /// <param name="total">N, all samples.</param>
    /// <param name="bound">The bound; 0 of a comparison.</param>
    /// <param name="margin">Null without one.</param>
    public double ChanceToDecide(long total, double bound, double? margin)
    {
        if (N < 2 || total <= N)
        {
            return 1;
        }

        var variance = Math.Max(0, (_squares / N) - (Mean * Mean));
        var deviation = Math.Sqrt(variance * ((1.0 / N) - (1.0 / total)));
        var half = (_high - _low) / 2 * Math.Sqrt(Math.Log(total + 1) / total * N / Math.Log(N + 1));
        if (deviation == 0)
        {
            return Math.Abs(Mean - bound) > half || (margin is { } room && Math.Abs(Mean) + half < room) ? 1 : 0;
        }

        double Below(double x)
        {
            return Normal.CDF(Mean, deviation, x);
        }

        var within = margin is { } limit && limit > half ? Math.Max(0, Below(limit - half) - Below(half - limit)) : 0;
        return Math.Min(1, 1 - Below(bound + half) + Below(bound - half) + within);
    }
}
