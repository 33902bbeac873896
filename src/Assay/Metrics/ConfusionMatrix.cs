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

    ConfusionMatrix(long[] cells, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, classes * classes, nameof(cells));
        _cells = cells;
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

    /// <summary>Counts pairs of class indices, each in [0, <paramref name="classes"/>).</summary>
    public static ConfusionMatrix FromLabels(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, truth.Length);
        var cells = new long[classes * classes];
        for (var i = 0; i < truth.Length; i++)
        {
            if ((uint)truth[i] >= (uint)classes || (uint)predicted[i] >= (uint)classes)
            {
                throw new ArgumentOutOfRangeException(nameof(truth), $"Row {i} has class {truth[i]} predicted as {predicted[i]}; there are {classes} classes.");
            }

            cells[(truth[i] * classes) + predicted[i]]++;
        }

        return new ConfusionMatrix(cells, classes);
    }

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

        return new ConfusionMatrix(cells, Classes);
    }

    /// <summary>Rows of the class that were predicted as it.</summary>
    public long TruePositives(int label) => this[label, label];

    /// <summary>Rows that were predicted as the class.</summary>
    public long PredictedAs(int label) => _predictedAs[label];

    /// <summary>Rows that are of the class.</summary>
    public long TrueOf(int label) => _trueOf[label];

    /// <summary>Two classes: 0 is every other class, 1 is this one. The cells are true negatives, false positives, false negatives, true positives.</summary>
    public ConfusionMatrix OneVersusRest(int label)
    {
        var (hits, predicted, truth) = (TruePositives(label), PredictedAs(label), TrueOf(label));
        return new ConfusionMatrix([N - predicted - truth + hits, predicted - hits, truth - hits, hits], 2);
    }

    /// <summary>Only the classes that occur, in the truth or in the predictions; null when no class does.</summary>
    public ConfusionMatrix? OfPresentClasses()
    {
        var present = Enumerable.Range(0, Classes).Where(IsPresent).ToArray();
        return present.Length == Classes ? this
            : present.Length == 0 ? null
            : new ConfusionMatrix([.. present.SelectMany(truth => present.Select(predicted => this[truth, predicted]))], present.Length);
    }

    internal bool IsPresent(int label) => _trueOf[label] + _predictedAs[label] > 0;
}
