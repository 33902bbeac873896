namespace Assay.Metrics;

/// <summary>The loss of a support vector machine: how far a row is from the right side of the margin.</summary>
public static class Hinge
{
    /// <summary>Mean of max(0, 1 - score) of positive rows and max(0, 1 + score) of negative ones.</summary>
    /// <param name="scores">Decision values; 0 is the border.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue Binary(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(positives.Length, scores.Length);
        SampleWeights.Check(weights, scores.Length);
        var losses = new double[scores.Length];
        for (var row = 0; row < losses.Length; row++)
        {
            losses[row] = Math.Max(0, 1 - (positives[row] ? scores[row] : -scores[row]));
        }

        return Regression.Mean(losses, weights, loss => loss);
    }

    /// <summary>Mean of max(0, 1 - (score of the true class - highest score of another)) (Crammer and Singer 2001).</summary>
    /// <param name="scores">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">2 or more.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue Multiclass(ReadOnlySpan<double> scores, int classes, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, (long)truth.Length * classes);
        SampleWeights.Check(weights, truth.Length);
        var losses = new double[truth.Length];
        for (var row = 0; row < losses.Length; row++)
        {
            var other = double.NegativeInfinity;
            for (var label = 0; label < classes; label++)
            {
                other = label == truth[row] ? other : Math.Max(other, scores[(row * classes) + label]);
            }

            losses[row] = Math.Max(0, 1 - (scores[(row * classes) + truth[row]] - other));
        }

        return Regression.Mean(losses, weights, loss => loss);
    }
}
