using System.Numerics.Tensors;

namespace Assay.Learning.Linear;

// From the scores of a block of rows to losses and probabilities. Scores are given score by score: element score * rows + row.
static class LogisticLink
{
    /// <summary>Overwrites the scores with probabilities. One score per row: the log odds of class 1; else one per class.</summary>
    /// <param name="scores">Log odds.</param>
    /// <param name="labels">The row's class.</param>
    /// <param name="weights">The row's weight.</param>
    /// <param name="scratch">At least twice as long as there are rows.</param>
    /// <returns>Σ weight · -ln p(class), and whether each row's own class has the largest score.</returns>
    public static (double Loss, bool Separated) Apply(Span<double> scores, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights, Span<double> scratch) =>
        scores.Length == labels.Length ? Binary(scores, labels, weights, scratch[..labels.Length]) : Multinomial(scores, labels, weights, scratch);

    static (double Loss, bool Separated) Binary(Span<double> scores, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights, Span<double> losses)
    {
        // ln(1 + e^-m) of the margin m = ±score is max(0, -m) + ln(1 + e^-|m|).
        var (loss, least) = (0.0, double.PositiveInfinity);
        for (var row = 0; row < labels.Length; row++)
        {
            var margin = labels[row] == 1 ? scores[row] : -scores[row];
            least = weights[row] > 0 && margin < least ? margin : least;
            loss += weights[row] * Math.Max(0, -margin);
        }

        TensorPrimitives.Abs(scores, losses);
        TensorPrimitives.Negate(losses, losses);
        TensorPrimitives.Exp(losses, losses);
        TensorPrimitives.LogP1(losses, losses);
        TensorPrimitives.Sigmoid(scores, scores);
        return (loss + TensorPrimitives.Dot(losses, weights), least > 0);
    }

    static (double Loss, bool Separated) Multinomial(Span<double> scores, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights, Span<double> scratch)
    {
        var rows = labels.Length;
        var most = scratch[..rows];
        var sums = scratch.Slice(rows, rows);
        scores[..rows].CopyTo(most);
        for (var at = rows; at < scores.Length; at += rows)
        {
            TensorPrimitives.Max(most, scores.Slice(at, rows), most);
        }

        var (loss, separated) = (0.0, true);
        for (var row = 0; row < rows; row++)
        {
            var own = scores[(labels[row] * rows) + row];
            loss += weights[row] * (most[row] - own);
            separated &= weights[row] == 0 || IsLargest(scores[row..], labels[row], rows);
        }

        sums.Clear();
        for (var at = 0; at < scores.Length; at += rows)
        {
            var some = scores.Slice(at, rows);
            TensorPrimitives.Subtract(some, most, some);
            TensorPrimitives.Exp(some, some);
            TensorPrimitives.Add(sums, some, sums);
        }

        for (var at = 0; at < scores.Length; at += rows)
        {
            TensorPrimitives.Divide(scores.Slice(at, rows), sums, scores.Slice(at, rows));
        }

        TensorPrimitives.Log(sums, sums);
        return (loss + TensorPrimitives.Dot(sums, weights), separated);
    }

    // Scores of one row, `rows` apart.
    static bool IsLargest(ReadOnlySpan<double> scores, int label, int rows)
    {
        var own = scores[label * rows];
        for (var (at, i) = (0, 0); at < scores.Length; at += rows, i++)
        {
            if (i != label && scores[at] >= own)
            {
                return false;
            }
        }

        return true;
    }
}
