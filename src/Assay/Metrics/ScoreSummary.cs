namespace Assay.Metrics;

/// <summary>
/// The scores of the positive and of the negative rows, each sorted: all that ROC, precision-recall and gain curves and their areas are
/// read from. Immutable; summaries of parts of the data add up: <see cref="Merge"/>. Holds 8 bytes a row, 16 with weights.
/// </summary>
public sealed class ScoreSummary
{
    readonly ulong[] _positives;
    readonly ulong[] _negatives;
    readonly double[] _positiveWeights;
    readonly double[] _negativeWeights;

    ScoreSummary(ulong[] positives, ulong[] negatives, double[] positiveWeights, double[] negativeWeights, bool hasNaN)
    {
        (_positives, _negatives, _positiveWeights, _negativeWeights, HasNaN) = (positives, negatives, positiveWeights, negativeWeights, hasNaN);
        IsWeighted = positiveWeights.Length + negativeWeights.Length > 0;
        Positives = IsWeighted ? positiveWeights.Sum() : positives.Length;
        Negatives = IsWeighted ? negativeWeights.Sum() : negatives.Length;
    }

    /// <summary>Rows.</summary>
    public long N => (long)_positives.Length + _negatives.Length;

    /// <summary>Positive rows, or the sum of their weights.</summary>
    public double Positives { get; }

    /// <summary>Negative rows, or the sum of their weights.</summary>
    public double Negatives { get; }

    bool IsWeighted { get; }

    bool HasNaN { get; }

    /// <summary>Sorts the scores.</summary>
    /// <param name="scores">Higher means more likely positive. Infinities rank at the ends; with a NaN every metric is undefined.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    /// <exception cref="UserErrorException">A weight is negative or not a finite number.</exception>
    public static ScoreSummary Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(positives.Length, scores.Length);
        SampleWeights.Check(weights, scores.Length);
        var positiveCount = positives.Count(true);
        var (upper, lower) = (GC.AllocateUninitializedArray<ulong>(positiveCount), GC.AllocateUninitializedArray<ulong>(scores.Length - positiveCount));
        var (upperWeights, lowerWeights) = weights.IsEmpty ? ([], []) : (new double[upper.Length], new double[lower.Length]);
        var hasNaN = Part(scores, positives, weights, (upper, upperWeights), (lower, lowerWeights));
        if (weights.IsEmpty)
        {
            var buffer = GC.AllocateUninitializedArray<ulong>(Math.Max(upper.Length, lower.Length));
            RadixSort.Sort(upper, buffer);
            RadixSort.Sort(lower, buffer);
        }
        else
        {
            Array.Sort(upper, upperWeights);
            Array.Sort(lower, lowerWeights);
        }

        return new ScoreSummary(upper, lower, upperWeights, lowerWeights, hasNaN);
    }

    /// <summary>The same of 32-bit scores.</summary>
    public static ScoreSummary Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positives, ReadOnlySpan<double> weights = default)
    {
        var wide = GC.AllocateUninitializedArray<double>(scores.Length);
        for (var row = 0; row < wide.Length; row++)
        {
            wide[row] = scores[row];
        }

        return Of(wide, positives, weights);
    }

    /// <summary>The summary of both parts together. Both are weighted, or neither is.</summary>
    /// <exception cref="ArgumentException">One is weighted and the other, though it has rows, is not.</exception>
    public ScoreSummary Merge(ScoreSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (IsWeighted != other.IsWeighted && N > 0 && other.N > 0)
        {
            throw new ArgumentException("One summary is weighted and the other is not.", nameof(other));
        }

        var (positives, positiveWeights) = Merged((_positives, _positiveWeights), (other._positives, other._positiveWeights));
        var (negatives, negativeWeights) = Merged((_negatives, _negativeWeights), (other._negatives, other._negativeWeights));
        return new ScoreSummary(positives, negatives, positiveWeights, negativeWeights, HasNaN || other.HasNaN);
    }

    /// <summary>Why nothing that needs both classes can be said, or null.</summary>
    internal string? Defect => HasNaN ? "a score is not a number"
        : !(Positives > 0) ? "no row is of the positive class"
        : !(Negatives > 0) ? "every row is of the positive class"
        : null;

    /// <summary>From the highest score down, one step for each distinct score.</summary>
    internal ScoreWalk Walk() => new(_positives, _negatives, _positiveWeights, _negativeWeights);

    /// <summary>
    /// Pairs of a positive and a negative row that are ranked right, ties counted 1/2. Two borders of the negatives, those below a score
    /// and those not above it, only move up; without weights twice the pairs is a whole number.
    /// </summary>
    internal double RightPairs()
    {
        if (IsWeighted)
        {
            return RightPairWeight();
        }

        var (below, notAbove) = (0, 0);
        var twice = 0L;
        var negatives = _negatives.AsSpan();
        foreach (var key in _positives)
        {
            while (below < negatives.Length && negatives[below] < key)
            {
                below++;
            }

            notAbove = Math.Max(notAbove, below);
            while (notAbove < negatives.Length && negatives[notAbove] <= key)
            {
                notAbove++;
            }

            twice += below + (long)notAbove;
        }

        return twice / 2.0;
    }

    double RightPairWeight()
    {
        var sum = 0.0;
        var walk = Walk();
        while (walk.Next())
        {
            sum += walk.TiedNegatives * (walk.TruePositives - (walk.TiedPositives / 2));
        }

        return sum;
    }

    static bool Part(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> positives,
        ReadOnlySpan<double> weights,
        (ulong[] Keys, double[] Weights) upper,
        (ulong[] Keys, double[] Weights) lower)
    {
        var (ups, downs, hasNaN) = (0, 0, false);
        for (var row = 0; row < scores.Length; row++)
        {
            hasNaN |= double.IsNaN(scores[row]);
            var (keys, keyWeights) = positives[row] ? upper : lower;
            var at = positives[row] ? ups++ : downs++;
            keys[at] = RadixSort.KeyOf(scores[row]);
            if (!weights.IsEmpty)
            {
                keyWeights[at] = weights[row];
            }
        }

        return hasNaN;
    }

    static (ulong[] Keys, double[] Weights) Merged((ulong[] Keys, double[] Weights) first, (ulong[] Keys, double[] Weights) second)
    {
        var keys = new ulong[first.Keys.Length + second.Keys.Length];
        var weights = new double[first.Weights.Length + second.Weights.Length];
        var (i, j) = (0, 0);
        for (var at = 0; at < keys.Length; at++)
        {
            var fromFirst = j == second.Keys.Length || (i < first.Keys.Length && first.Keys[i] <= second.Keys[j]);
            var index = fromFirst ? i++ : j++;
            keys[at] = (fromFirst ? first : second).Keys[index];
            if (weights.Length > 0)
            {
                weights[at] = (fromFirst ? first : second).Weights[index];
            }
        }

        return (keys, weights);
    }
}
