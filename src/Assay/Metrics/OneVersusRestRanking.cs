namespace Assay.Metrics;

/// <summary>The rows ranked once by each class's probability, so that the area of any reweighting of them is one walk. Holds 9 bytes a row and class.</summary>
sealed class OneVersusRestRanking
{
    readonly RankedScores[] _ranked;
    readonly bool[][] _isClass;

    public OneVersusRestRanking(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<int> truth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities.Length, truth.Length * classes);
        _ranked = new RankedScores[classes];
        _isClass = new bool[classes][];
        var scores = new float[truth.Length];
        for (var label = 0; label < classes; label++)
        {
            var isClass = new bool[truth.Length];
            for (var row = 0; row < truth.Length; row++)
            {
                scores[row] = probabilities[(row * classes) + label];
                isClass[row] = truth[row] == label;
            }

            _ranked[label] = new RankedScores(scores);
            _isClass[label] = isClass;
        }
    }

    /// <summary>The macro mean, each row counted as often as <paramref name="weights"/> says; no weights: once.</summary>
    public MetricValue Auc(ReadOnlySpan<int> weights = default)
    {
        var sum = 0.0;
        for (var label = 0; label < _ranked.Length; label++)
        {
            var auc = _ranked[label].Auc(_isClass[label], weights);
            if (!auc.IsDefined)
            {
                return MetricValue.Undefined($"class {label} against the rest: {auc.Reason}");
            }

            sum += auc.Value;
        }

        return MetricValue.Of(sum / _ranked.Length);
    }
}
