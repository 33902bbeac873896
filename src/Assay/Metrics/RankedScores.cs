namespace Assay.Metrics;

/// <summary>Scores sorted once, with the row of each: what ROC curves and their areas are read from. Holds 8 bytes a row.</summary>
sealed class RankedScores
{
    readonly float[] _scores;
    readonly int[] _rows;

    public RankedScores(ReadOnlySpan<float> scores)
    {
        _scores = scores.ToArray();
        _rows = new int[scores.Length];
        for (var i = 0; i < _rows.Length; i++)
        {
            _rows[i] = i;
        }

        Array.Sort(_scores, _rows);
    }

    /// <summary>Ascending.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>The row of each score.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>NaN sorts below every number, so the first score tells.</summary>
    public bool HasNaN => _scores.Length > 0 && float.IsNaN(_scores[0]);

    /// <summary>
    /// The probability that a positive row scores higher than a negative one, ties counted 1/2 (Mann-Whitney), each row counted
    /// as often as <paramref name="weights"/> says; no weights: once. Exact: twice the pairs are counted in whole numbers.
    /// </summary>
    public MetricValue Auc(ReadOnlySpan<bool> positives, ReadOnlySpan<int> weights = default)
    {
        if (HasNaN)
        {
            return MetricValue.Undefined("a score is not a number");
        }

        long positivesBelow = 0, negativesBelow = 0, twicePairs = 0;
        for (var i = 0; i < _rows.Length;)
        {
            long positivesTied = 0, negativesTied = 0;
            var score = _scores[i];
            for (; i < _rows.Length && _scores[i] == score; i++)
            {
                var row = _rows[i];
                var weight = weights.IsEmpty ? 1 : weights[row];
                if (positives[row])
                {
                    positivesTied += weight;
                }
                else
                {
                    negativesTied += weight;
                }
            }

            twicePairs += positivesTied * ((2 * negativesBelow) + negativesTied);
            positivesBelow += positivesTied;
            negativesBelow += negativesTied;
        }

        return positivesBelow == 0 ? MetricValue.Undefined("no row is of the positive class")
            : negativesBelow == 0 ? MetricValue.Undefined("every row is of the positive class")
            : MetricValue.Of(twicePairs / (2.0 * positivesBelow * negativesBelow));
    }
}
