using System.Numerics.Tensors;

namespace Assay.Statistics;

/// <summary>
/// An interval of a running mean of bounded scores that may be looked at after every score, and acted on, without spending its level:
/// with the stated confidence it holds the true mean at all times at once. A fixed-size interval looked at every time does not: sooner or
/// later it misses. Betting with hedged capital: for each candidate mean two gamblers bet, one that the scores lie above it, one below;
/// who turns 1 into 2/α has refuted it (Ville's inequality). The scores' mean given the past must stay the same; nothing else is assumed.
/// Not thread-safe: give each thread its own and <see cref="Merge"/> them. Source: Waudby-Smith and Ramdas 2024, theorem 3.
/// </summary>
/// <remarks>For a running difference of two models, add the differences of scores, first minus second, between -1 and 1.</remarks>
public sealed class ConfidenceSequence
{
    // A bet risks at most this share of a gambler's capital.
    const double MostRisked = 0.5;

    readonly double _low;
    readonly double _high;
    readonly double _alpha;
    readonly double[] _candidates;
    readonly double[] _above;
    readonly double[] _below;
    readonly double[] _mostAbove;
    readonly double[] _mostBelow;
    readonly double[] _distances;
    readonly double[] _stakes;
    double _sum;
    double _squares;

    /// <summary>Without scores the interval is all of the range.</summary>
    /// <param name="low">Least possible score.</param>
    /// <param name="high">Greatest possible score.</param>
    /// <param name="confidence">In (0, 1).</param>
    /// <param name="steps">The range is cut into so many; the ends are rounded outwards to them. An update takes time in proportion.</param>
    public ConfidenceSequence(double low = 0, double high = 1, double confidence = 0.95, int steps = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        (_low, _high, _alpha) = (low, high, 1 - confidence);
        _candidates = [.. Enumerable.Range(1, steps - 1).Select(i => (double)i / steps)];
        (_above, _below, _distances, _stakes) = (new double[steps - 1], new double[steps - 1], new double[steps - 1], new double[steps - 1]);
        _above.AsSpan().Fill(1);
        _below.AsSpan().Fill(1);
        _mostAbove = Array.ConvertAll(_candidates, m => MostRisked / m);
        _mostBelow = Array.ConvertAll(_candidates, m => MostRisked / (1 - m));
    }

    /// <summary>How many scores there were.</summary>
    public long N { get; private set; }

    /// <summary>The running mean; NaN without scores.</summary>
    public double Mean => N == 0 ? double.NaN : _low + ((_high - _low) * _sum / N);

    /// <summary>
    /// Method <c>betting</c>. The ends are those of the candidates not yet refuted, and may move back a little; the true mean is in all
    /// intervals of the sequence with the stated confidence.
    /// </summary>
    public Interval Interval
    {
        get
        {
            // 'Above' falls and 'below' rises from candidate to candidate, so what is refuted are the two ends. Should the gamblers refute
            // all between them, the ends cross.
            var (limit, width, steps) = (2 / _alpha, _high - _low, _candidates.Length + 1.0);
            var first = Array.FindIndex(_above, capital => capital < limit);
            var last = Array.FindLastIndex(_below, capital => capital < limit);
            var from = _low + (width * (first < 0 ? _candidates.Length : first) / steps);
            var to = _low + (width * (last + 2) / steps);
            return new Interval(Math.Min(from, to), Math.Max(from, to), "betting");
        }
    }

    /// <summary>Adds a score. One outside the range, or NaN, is a bug of the caller: the guarantee would not hold.</summary>
    public void Add(double score)
    {
        if (!(score >= _low && score <= _high))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, $"The score is not in [{_low}, {_high}].");
        }

        var x = (score - _low) / (_high - _low);

        // The size of a bet may depend on the past only.
        var bet = Math.Sqrt(2 * Math.Log(2 / _alpha) / ((0.25 + _squares) * Math.Log(N + 2)));
        TensorPrimitives.Subtract(x, _candidates, _distances);
        Stake(_above, _mostAbove, bet);
        TensorPrimitives.Negate(_distances, _distances);
        Stake(_below, _mostBelow, bet);
        N++;
        _sum += x;
        var distance = x - ((0.5 + _sum) / (N + 1));
        _squares += distance * distance;
    }

    /// <summary>
    /// Takes in what another sequence saw: independent scores of the same mean, over the same range, confidence and steps. Capital won on
    /// one is staked on the other, so the guarantee holds for the two together.
    /// </summary>
    public void Merge(ConfidenceSequence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if ((_low, _high, _alpha, _candidates.Length) != (other._low, other._high, other._alpha, other._candidates.Length))
        {
            throw new ArgumentException("The sequences differ in range, confidence or steps.", nameof(other));
        }

        Combine(_above, other._above);
        Combine(_below, other._below);
        N += other.N;
        _sum += other._sum;
        _squares += other._squares;
    }

    // capital += capital * min(bet, most) * distance
    void Stake(double[] capital, double[] most, double bet)
    {
        TensorPrimitives.Min(most, bet, _stakes);
        TensorPrimitives.Multiply(_stakes, _distances, _stakes);
        TensorPrimitives.MultiplyAdd(_stakes, capital, capital, capital);
    }

    // Beyond the range of doubles in both directions: nothing is known, so nothing is refuted.
    static void Combine(double[] capital, double[] other)
    {
        for (var i = 0; i < capital.Length; i++)
        {
            var product = capital[i] * other[i];
            capital[i] = double.IsNaN(product) ? 0 : product;
        }
    }
}
