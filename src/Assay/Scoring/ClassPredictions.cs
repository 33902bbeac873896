using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Assay.Metrics;

namespace Assay.Scoring;

/// <summary>The scored rows of a classifier: the truth and the probability of each class.</summary>
public sealed record ClassPredictions
{
    /// <summary>In the order of the probabilities; two or more.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>The class of each row, an index into <see cref="Classes"/>.</summary>
    public required int[] Truth { get; init; }

    /// <summary>Row by row: element <c>row * Classes.Length + class</c>; each row sums to 1. Empty where only classes are known.</summary>
    public float[] Probabilities
    {
        get;
        init
        {
            field = value;
            Predicted = null;
        }
    } = [];

    /// <summary>The classes as the model named them, in place of the most probable ones; null: by the probabilities.</summary>
    public int[]? Assigned { get; init; }

    /// <summary>What two classes are ranked by, higher for the positive class, in place of its probability; null: the probability.</summary>
    public double[]? Scores { get; init; }

    /// <summary>The weight of each row, 0 or more; null: 1 each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>
    /// The row that each prediction is of, where rows were predicted more than once; null: each of a row of its own. Such predictions are not
    /// independent: intervals are made by whole rows, and n counts rows. <see cref="Weights"/> let every row count the same.
    /// </summary>
    public int[]? Rows { get; init; }

    /// <summary>The class that precision, recall, F1 and the ROC curve of two classes are about; the last one by default.</summary>
    public int Positive
    {
        get => field < 0 ? Classes.Length - 1 : field;
        init;
    } = -1;

    /// <summary>Rows that could not be scored and are not in it.</summary>
    public int Excluded { get; init; }

    /// <summary>Predictions.</summary>
    public int N => Truth.Length;

    /// <summary>Rows: as many as predictions, unless <see cref="Rows"/> says otherwise.</summary>
    public int RowCount => Rows is { } rows ? RepeatedRows.Count(rows) : N;

    /// <summary>Whether each prediction counts for itself and the same.</summary>
    internal bool ArePlain => Weights is null && Rows is null;

    /// <summary>
    /// The most probable class of each row, the first of equals; with two classes, class 1 from a probability of 0.5 up, so that the
    /// threshold belongs to it.
    /// </summary>
    [AllowNull]
    public int[] Predicted
    {
        get => Assigned ?? (field ??= MostProbable());
        private init;
    }

    /// <summary>These predictions only, in this order; one may come more than once. Nothing is said about its excluded rows.</summary>
    public ClassPredictions Select(int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var isOnceEach = RepeatedRows.AreOnceEach(Rows, rows);
        var width = Probabilities.Length == 0 ? 0 : Classes.Length;
        var probabilities = new float[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            Probabilities.AsSpan(rows[i] * width, width).CopyTo(probabilities.AsSpan(i * width));
        }

        return this with
        {
            Truth = Array.ConvertAll(rows, row => Truth[row]),
            Probabilities = probabilities,
            Assigned = Assigned is { } assigned ? Array.ConvertAll(rows, row => assigned[row]) : null,
            Scores = Scores is { } scores ? Array.ConvertAll(rows, row => scores[row]) : null,
            Weights = Weights is { } weights && !isOnceEach ? Array.ConvertAll(rows, row => weights[row]) : null,
            Rows = Rows is { } of && !isOnceEach ? Array.ConvertAll(rows, row => of[row]) : null,
            Excluded = 0,
        };
    }

    /// <summary>Why nothing can be said about the predictions, or null: a model that diverged gives NaN, and NaN has no most probable class.</summary>
    internal string? Defect()
    {
        var notNumbers = Probabilities.Count(probability => !float.IsFinite(probability));
        return notNumbers == 0 ? null : $"{notNumbers} of the {Probabilities.Length} probabilities are not numbers";
    }

    /// <summary>True classes against predicted ones.</summary>
    public ConfusionMatrix Confusion() => ConfusionMatrix.FromLabels(Truth, Predicted, Classes.Length, Weights);

    /// <summary>The rows ranked for or against the positive class of two: by <see cref="Scores"/>, or else by its probability.</summary>
    public ScoreSummary Ranking()
    {
        var isPositive = Array.ConvertAll(Truth, truth => truth == Positive);
        return Scores is { } scores ? ScoreSummary.Of(scores, isPositive, Weights) : ScoreSummary.Of(Against(Positive).Scores, isPositive, Weights);
    }

    /// <summary>Whether there is anything that two classes can be ranked by.</summary>
    internal bool CanRank => Classes.Length == 2 && (Scores is not null || Probabilities.Length > 0 || N == 0);

    /// <summary>Why the probabilities cannot be judged as such, or null.</summary>
    internal string? ProbabilityDefect() => Probabilities.Length == 0 && N > 0
        ? "there are no probabilities"
        : ProbabilityRows.Defect(Probabilities, Classes.Length, N);

    /// <summary>Why a metric that does not know weights cannot be given, or null: without them it would be another number.</summary>
    internal string? WeightDefect() => Weights is null ? null
        : Rows is null ? "it takes no weights; judge without them to see it"
        : "rows were tested unequally often, and it takes no weights: its mean over folds stands beside it";

    /// <summary>The probability of the class in each row, and whether the row is of it: what ROC curves are made of.</summary>
    public (float[] Scores, bool[] IsClass) Against(int label)
    {
        var scores = new float[N];
        for (var row = 0; row < N; row++)
        {
            scores[row] = Probabilities[(row * Classes.Length) + label];
        }

        return (scores, Array.ConvertAll(Truth, truth => truth == label));
    }

    /// <summary>
    /// What calibration is measured on. Two classes: the probability of the positive class and whether the row is of it. More: the
    /// probability of the predicted class and whether it is right.
    /// </summary>
    public (float[] Predicted, bool[] Outcomes) Confidences()
    {
        if (Classes.Length == 2)
        {
            return Against(Positive);
        }

        var confidences = new float[N];
        var right = new bool[N];
        for (var row = 0; row < N; row++)
        {
            confidences[row] = Probabilities[(row * Classes.Length) + Predicted[row]];
            right[row] = Predicted[row] == Truth[row];
        }

        return (confidences, right);
    }

    int[] MostProbable()
    {
        var width = Classes.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(Probabilities.Length, N * width, nameof(Probabilities));
        var predicted = new int[N];
        for (var row = 0; row < N; row++)
        {
            var probabilities = Probabilities.AsSpan(row * width, width);
            predicted[row] = width == 2 ? (probabilities[1] >= 0.5f ? 1 : 0) : probabilities.IndexOf(Largest(probabilities));
        }

        return predicted;
    }

    static float Largest(ReadOnlySpan<float> values)
    {
        var largest = values[0];
        foreach (var value in values)
        {
            largest = value > largest ? value : largest;
        }

        return largest;
    }
}
