using System.Numerics;

namespace Assay.Metrics;

/// <summary>
/// How often each true class (row) was given each predicted class (column). Immutable; made in one pass, and all that the metrics
/// of predicted classes need. Matrices of parts of the data add up: <see cref="Merge"/>.
/// </summary>
public sealed class ConfusionMatrix
{
    readonly long[] _cells;
    readonly long[] _trueOf;
    readonly long[] _predictedAs;
    readonly double[]? _weights;

    ConfusionMatrix(long[] cells, int classes, double[]? weights = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, classes * classes, nameof(cells));
        _cells = cells;
        _weights = weights;
        _trueOf = new long[classes];
        _predictedAs = new long[classes];
        Classes = classes;
        for (var i = 0; i < cells.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cells[i], nameof(cells));
            _trueOf[i / classes] += cells[i];
            _predictedAs[i % classes] += cells[i];
            N += cells[i];
        }
    }

    /// <summary>The number of classes, present or not.</summary>
    public int Classes { get; }

    /// <summary>The number of rows counted.</summary>
    public long N { get; }

    /// <summary>The counts, row by row: element <c>true * Classes + predicted</c>.</summary>
    public ReadOnlySpan<long> Cells => _cells;

    /// <summary>The count of one pair.</summary>
    public long this[int truth, int predicted] => _cells[(truth * Classes) + predicted];

    /// <summary>The sum of the weights of one pair; without weights the count.</summary>
    public double Weight(int truth, int predicted) => WeightAt((truth * Classes) + predicted);

    /// <summary>The sum of the weights of the rows of the class.</summary>
    public double WeightOf(int label) => _weights is null ? _trueOf[label] : SumAt(label * Classes, 1);

    /// <summary>The sum of the weights of the rows predicted as the class.</summary>
    public double WeightPredictedAs(int label) => _weights is null ? _predictedAs[label] : SumAt(label, Classes);

    /// <summary>The sum of all weights; without weights <see cref="N"/>.</summary>
    public double TotalWeight => _weights is null ? N : _weights.Sum();

    /// <summary>Counts pairs of class indices, each in [0, <paramref name="classes"/>).</summary>
    /// <param name="truth">The class of each row.</param>
    /// <param name="predicted">The class that each row was given.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each. Counts stay counts of rows; metrics are of the weights.</param>
    /// <exception cref="UserErrorException">A weight is negative or not a finite number.</exception>
    public static ConfusionMatrix FromLabels(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes, ReadOnlySpan<double> weights = default)
    {
        SampleWeights.Check(weights, truth.Length);
        var cells = PairCounts.Of(truth, predicted, classes);
        return new ConfusionMatrix(cells, classes, weights.IsEmpty ? null : PairCounts.Weigh(truth, predicted, classes, weights));
    }

    /// <summary>The same of classes stored as bytes: ten million rows take some ten milliseconds.</summary>
    public static ConfusionMatrix FromLabels(ReadOnlySpan<byte> truth, ReadOnlySpan<byte> predicted, int classes) =>
        new(PairCounts.Of(truth, predicted, classes), classes);

    /// <summary>From counts in the order of <see cref="Cells"/>; they are copied.</summary>
    public static ConfusionMatrix FromCells(ReadOnlySpan<long> cells, int classes) => new(cells.ToArray(), classes);

    /// <summary>The matrix of both parts together; the classes must be the same.</summary>
    public ConfusionMatrix Merge(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.Classes, Classes);
        var cells = new long[_cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = _cells[i] + other._cells[i];
        }

        var weights = _weights is null && other._weights is null ? null : Enumerable.Range(0, cells.Length).Select(i => WeightAt(i) + other.WeightAt(i)).ToArray();
        return new ConfusionMatrix(cells, Classes, weights);
    }

    /// <summary>Rows of the class that were predicted as it.</summary>
    public long TruePositives(int label) => this[label, label];

    /// <summary>Rows that were predicted as the class.</summary>
    public long PredictedAs(int label) => _predictedAs[label];

    /// <summary>Rows that are of the class.</summary>
    public long TrueOf(int label) => _trueOf[label];

    /// <summary>Two classes: 0 is every other class, 1 is this one. The cells are true negatives, false positives, false negatives, true positives.</summary>
    public ConfusionMatrix OneVsRest(int label) => new(
        Fold(N, TruePositives(label), PredictedAs(label), TrueOf(label)),
        2,
        _weights is null ? null : Fold(TotalWeight, Weight(label, label), WeightPredictedAs(label), WeightOf(label)));

    /// <summary>Only the classes that occur, in the truth or in the predictions; null when no class does.</summary>
    public ConfusionMatrix? OfPresentClasses()
    {
        var present = Enumerable.Range(0, Classes).Where(IsPresent).ToArray();
        return present.Length == Classes ? this
            : present.Length == 0 ? null
            : new ConfusionMatrix(
                [.. present.SelectMany(truth => present.Select(predicted => this[truth, predicted]))],
                present.Length,
                _weights is null ? null : [.. present.SelectMany(truth => present.Select(predicted => Weight(truth, predicted)))]);
    }

    /// <summary>The one-against-the-rest matrices of all classes that occur, added up: what micro averages are made of.</summary>
    internal ConfusionMatrix Pooled() => Enumerable.Range(0, Classes).Where(IsPresent).Select(OneVsRest)
        .Aggregate(FromCells([0, 0, 0, 0], 2), (sum, one) => sum.Merge(one));

    internal bool IsPresent(int label) => _trueOf[label] + _predictedAs[label] > 0;

    double WeightAt(int cell) => _weights is null ? _cells[cell] : _weights[cell];

    double SumAt(int first, int step)
    {
        var sum = 0.0;
        for (var i = 0; i < Classes; i++)
        {
            sum += _weights![first + (i * step)];
        }

        return sum;
    }

    // The differences of weights are rounded: below zero is zero.
    static T[] Fold<T>(T all, T hits, T predicted, T truth)
        where T : INumber<T> =>
        [T.Max(T.Zero, all - predicted - truth + hits), T.Max(T.Zero, predicted - hits), T.Max(T.Zero, truth - hits), hits];
}
