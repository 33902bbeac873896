namespace Assay.Scoring;

/// <summary>The scored rows of a regression.</summary>
public sealed record NumberPredictions
{
    /// <summary>Of each row.</summary>
    public required double[] Truth { get; init; }

    /// <summary>Of each row.</summary>
    public required double[] Predicted { get; init; }

    /// <summary>The weight of each row, 0 or more; null: 1 each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>As <see cref="ClassPredictions.Rows"/>.</summary>
    public int[]? Rows { get; init; }

    /// <summary>Rows that could not be scored and are not in it.</summary>
    public int Excluded { get; init; }

    /// <summary>Predictions.</summary>
    public int N => Truth.Length;

    /// <summary>Rows: as many as predictions, unless <see cref="Rows"/> says otherwise.</summary>
    public int RowCount => Rows is { } rows ? RepeatedRows.Count(rows) : N;

    /// <summary>These predictions only, in this order; one may come more than once.</summary>
    public NumberPredictions Select(int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var isOnceEach = RepeatedRows.AreOnceEach(Rows, rows);
        return new NumberPredictions
        {
            Truth = Array.ConvertAll(rows, row => Truth[row]),
            Predicted = Array.ConvertAll(rows, row => Predicted[row]),
            Weights = Weights is { } weights && !isOnceEach ? Array.ConvertAll(rows, row => weights[row]) : null,
            Rows = Rows is { } of && !isOnceEach ? Array.ConvertAll(rows, row => of[row]) : null,
        };
    }
}
