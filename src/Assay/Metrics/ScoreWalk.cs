namespace Assay.Metrics;

/// <summary>From the highest score down, one step for each distinct score: rows with at least this score are predicted positive.</summary>
ref struct ScoreWalk(ReadOnlySpan<ulong> positives, ReadOnlySpan<ulong> negatives, ReadOnlySpan<double> positiveWeights, ReadOnlySpan<double> negativeWeights)
{
    readonly ReadOnlySpan<ulong> _positives = positives;
    readonly ReadOnlySpan<ulong> _negatives = negatives;
    readonly ReadOnlySpan<double> _positiveWeights = positiveWeights;
    readonly ReadOnlySpan<double> _negativeWeights = negativeWeights;
    int _lastPositive = positives.Length - 1;
    int _lastNegative = negatives.Length - 1;
    ulong _key = 0;

    /// <summary>Of this step.</summary>
    public readonly double Score => RadixSort.ValueOf(_key);

    /// <summary>Positives down to this score.</summary>
    public double TruePositives { get; private set; } = 0;

    /// <summary>Negatives down to this score.</summary>
    public double FalsePositives { get; private set; } = 0;

    /// <summary>Positives with this score.</summary>
    public double TiedPositives { get; private set; } = 0;

    /// <summary>Negatives with this score.</summary>
    public double TiedNegatives { get; private set; } = 0;

    /// <summary>Goes on to the next lower score; false after the last.</summary>
    public bool Next()
    {
        if (_lastPositive < 0 && _lastNegative < 0)
        {
            return false;
        }

        var positive = _lastPositive < 0 ? 0 : _positives[_lastPositive];
        var negative = _lastNegative < 0 ? 0 : _negatives[_lastNegative];
        _key = Math.Max(positive, negative);
        (TiedPositives, TiedNegatives) = (0, 0);
        for (; _lastPositive >= 0 && _positives[_lastPositive] == _key; _lastPositive--)
        {
            TiedPositives += _positiveWeights.IsEmpty ? 1 : _positiveWeights[_lastPositive];
        }

        for (; _lastNegative >= 0 && _negatives[_lastNegative] == _key; _lastNegative--)
        {
            TiedNegatives += _negativeWeights.IsEmpty ? 1 : _negativeWeights[_lastNegative];
        }

        TruePositives += TiedPositives;
        FalsePositives += TiedNegatives;
        return true;
    }
}
