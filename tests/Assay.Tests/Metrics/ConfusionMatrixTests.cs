using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class ConfusionMatrixTests
{
    static readonly int[] _truth = [0, 1, 2, 2, 1, 0, 2, 1];
    static readonly int[] _predicted = [0, 2, 2, 1, 1, 0, 2, 0];

    [Fact]
    public void Rows_are_true_and_columns_predicted()
    {
        // sklearn 1.2.1 confusion_matrix.
        var matrix = ConfusionMatrix.FromLabels(_truth, _predicted, 3);
        Assert.Equal([2, 0, 0, 1, 1, 1, 0, 1, 2], matrix.Cells.ToArray());
        Assert.Equal((8, 3, 2, 1), (matrix.N, matrix.TrueOf(1), matrix.PredictedAs(1), matrix.TruePositives(1)));
    }

    [Fact]
    public void Matrices_of_parts_add_up_to_the_matrix_of_the_whole()
    {
        var random = new SeededRandom(3);
        var truth = Enumerable.Range(0, 1000).Select(_ => random.Next(5)).ToArray();
        var predicted = Enumerable.Range(0, 1000).Select(_ => random.Next(5)).ToArray();
        var whole = ConfusionMatrix.FromLabels(truth, predicted, 5);
        foreach (var cut in new[] { 0, 1, 500, 1000 })
        {
            var merged = ConfusionMatrix.FromLabels(truth.AsSpan(0, cut), predicted.AsSpan(0, cut), 5)
                .Merge(ConfusionMatrix.FromLabels(truth.AsSpan(cut), predicted.AsSpan(cut), 5));
            Assert.Equal(whole.Cells.ToArray(), merged.Cells.ToArray());
            Assert.Equal(whole.N, merged.N);
        }
    }

    [Fact]
    public void One_class_against_the_rest_keeps_the_counts_of_the_class()
    {
        var matrix = ConfusionMatrix.FromLabels(_truth, _predicted, 3);
        Assert.Equal([4, 1, 2, 1], matrix.OneVsRest(1).Cells.ToArray());
    }

    [Fact]
    public void Absent_classes_can_be_left_out()
    {
        var matrix = ConfusionMatrix.FromLabels([0, 3, 3], [3, 3, 3], 5).OfPresentClasses();
        Assert.Equal([0, 1, 0, 2], matrix!.Cells.ToArray());
        Assert.Null(ConfusionMatrix.FromLabels([], [], 5).OfPresentClasses());
    }

    [Fact]
    public void Cells_are_copied()
    {
        long[] cells = [1, 2, 3, 4];
        var matrix = ConfusionMatrix.FromCells(cells, 2);
        cells[0] = 9;
        Assert.Equal(1, matrix[0, 0]);
    }

    [Fact]
    public void Labels_out_of_range_and_lengths_that_differ_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.FromLabels([0, 2], [0, 0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.FromLabels([0, 0], [0, -1], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.FromLabels([0, 0], [0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.FromCells([1, 2, 3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfusionMatrix.FromCells([1, 2, 3, -1], 2));
    }
}
