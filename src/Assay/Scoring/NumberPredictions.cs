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

    /// <summary>Rows that could not be scored and are not in it.</summary>
    public int Excluded { get; init; }

    /// <summary>Rows.</summary>
    public int N => Truth.Length;

    /// <summary>These rows only, in this order; a row may come more than once.</summary>
    public NumberPredictions Select(int[] rows) => new()
    {
        Truth = Array.ConvertAll(rows, row => Truth[row]),
        Predicted = Array.ConvertAll(rows, row => Predicted[row]),
        Weights = Weights is { } weights ? Array.ConvertAll(rows, row => weights[row]) : null,
    };
}
