namespace Assay.Metrics;

/// <summary>
/// Counts for rows that may have several labels each: a matrix of two classes for every label, and what needs whole rows. Immutable;
/// summaries of parts add up: <see cref="Merge"/>. Metrics of a label are those of <see cref="Classification"/> with class 1.
/// </summary>
public sealed class MultilabelSummary
{
    readonly ConfusionMatrix[] _labels;
    readonly double _exactRows;
    readonly RowSums _sums;

    MultilabelSummary(ConfusionMatrix[] labels, double exactRows, RowSums sums)
    {
        (_labels, _exactRows, _sums) = (labels, exactRows, sums);
    }

    readonly record struct RowSums(double Precision, double Recall, double F1, double Jaccard)
    {
        public RowSums Add(RowSums other) => new(Precision + other.Precision, Recall + other.Recall, F1 + other.F1, Jaccard + other.Jaccard);
    }

    /// <summary>Of each label: class 1 has it, class 0 does not.</summary>
    public IReadOnlyList<ConfusionMatrix> Labels => _labels;

    /// <summary>Rows whose labels are all right / rows: scikit-learn's accuracy of multilabel data.</summary>
    public MetricValue SubsetAccuracy => MetricValue.Ratio(_exactRows, Rows, "there are no rows to score");

    /// <summary>Wrong labels / (rows · labels).</summary>
    public MetricValue HammingLoss => Classification.ZeroOneLoss(Total);

    /// <summary>Mean over the rows of the precision of a row's labels; a row without predicted labels counts 0.</summary>
    public MetricValue SamplesPrecision => Mean(_sums.Precision);

    /// <summary>Mean over the rows of the recall of a row's labels; a row without true labels counts 0.</summary>
    public MetricValue SamplesRecall => Mean(_sums.Recall);

    /// <summary>Mean over the rows of the F1 of a row's labels; a row without labels on either side counts 0.</summary>
    public MetricValue SamplesF1 => Mean(_sums.F1);

    /// <summary>Mean over the rows of common labels / labels on either side; a row without labels counts 0.</summary>
    public MetricValue SamplesJaccard => Mean(_sums.Jaccard);

    double Rows => _labels[0].TotalWeight;

    ConfusionMatrix Total => _labels.Aggregate((sum, one) => sum.Merge(one));

    /// <summary>Counts.</summary>
    /// <param name="truth">Row by row: element <c>row * labels + label</c>, whether the row has the label.</param>
    /// <param name="predicted">As many.</param>
    /// <param name="labels">The number of labels.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MultilabelSummary Of(ReadOnlySpan<bool> truth, ReadOnlySpan<bool> predicted, int labels, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(labels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(predicted.Length, truth.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(truth.Length % labels, 0, nameof(truth));
        var rows = truth.Length / labels;
        var matrices = new ConfusionMatrix[labels];
        var (first, second) = (new int[rows], new int[rows]);
        for (var label = 0; label < labels; label++)
        {
            for (var row = 0; row < rows; row++)
            {
                first[row] = truth[(row * labels) + label] ? 1 : 0;
                second[row] = predicted[(row * labels) + label] ? 1 : 0;
            }

            matrices[label] = ConfusionMatrix.FromLabels(first, second, 2, weights);
        }

        var (exact, sums) = (0.0, default(RowSums));
        for (var row = 0; row < rows; row++)
        {
            var ofTruth = truth.Slice(row * labels, labels);
            var ofPredicted = predicted.Slice(row * labels, labels);
            var weight = SampleWeights.Of(weights, row);
            exact += ofTruth.SequenceEqual(ofPredicted) ? weight : 0;
            sums = sums.Add(OfRow(ofTruth, ofPredicted, weight));
        }

        return new MultilabelSummary(matrices, exact, sums);
    }

    /// <summary>The summary of both parts together; the labels must be the same.</summary>
    public MultilabelSummary Merge(MultilabelSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other._labels.Length, _labels.Length);
        return new MultilabelSummary([.. _labels.Zip(other._labels, (a, b) => a.Merge(b))], _exactRows + other._exactRows, _sums.Add(other._sums));
    }

    /// <summary>A metric of the labels as one number.</summary>
    /// <param name="perLabel"><see cref="Classification.F1"/> or another metric of one class.</param>
    /// <param name="average">Macro counts every label once, weighted by its rows in the truth, micro adds up the counts.</param>
    /// <param name="zeroDivision">What the undefined value of a label counts as.</param>
    public MetricValue Average(
        Func<ConfusionMatrix, int, MetricValue> perLabel, ClassAverage average, ZeroDivision zeroDivision = ZeroDivision.Zero)
    {
        ArgumentNullException.ThrowIfNull(perLabel);
        if (average == ClassAverage.Micro)
        {
            return perLabel(Total, 1);
        }

        double sum = 0, total = 0;
        foreach (var matrix in _labels)
        {
            var value = perLabel(matrix, 1).Or(zeroDivision);
            var weight = value.IsDefined ? average == ClassAverage.Macro ? 1 : matrix.WeightOf(1) : 0;
            sum += weight > 0 ? weight * value.Value : 0;
            total += weight;
        }

        return MetricValue.Ratio(sum, total, "the metric is undefined for every label");
    }

    static RowSums OfRow(ReadOnlySpan<bool> truth, ReadOnlySpan<bool> predicted, double weight)
    {
        var (common, trueLabels, predictedLabels) = (0.0, truth.Count(true), predicted.Count(true));
        for (var label = 0; label < truth.Length; label++)
        {
            common += truth[label] && predicted[label] ? weight : 0;
        }

        return common == 0 ? default : new RowSums(
            common / predictedLabels, common / trueLabels, 2 * common / (trueLabels + predictedLabels), common / (trueLabels + predictedLabels - (common / weight)));
    }

    MetricValue Mean(double sum) => MetricValue.Ratio(sum, Rows, "there are no rows to score");
}
