namespace Assay.Metrics;

/// <summary>Areas under the ROC curve of more than two classes, from 64-bit probabilities or scores.</summary>
public static class MulticlassAuc
{
    /// <summary>Each class against the rest. Undefined when a class has no row in the truth.</summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes, 2 or more.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="average">The plain mean, the mean weighted by the rows of each class, or all classes' scores as one ranking.</param>
    /// <param name="weights">Of each row, 0 or more; none: 1 each.</param>
    public static MetricValue OneVsRest(
        ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> truth, ClassAverage average = ClassAverage.Macro, ReadOnlySpan<double> weights = default)
    {
        Check(probabilities.Length, classes, truth.Length);
        if (average == ClassAverage.Micro)
        {
            return Micro(probabilities, classes, truth, weights);
        }

        var (scores, isClass) = (new double[truth.Length], new bool[truth.Length]);
        double sum = 0, total = 0;
        for (var label = 0; label < classes; label++)
        {
            for (var row = 0; row < truth.Length; row++)
            {
                scores[row] = probabilities[(row * classes) + label];
                isClass[row] = truth[row] == label;
            }

            var summary = ScoreSummary.Of(scores, isClass, weights);
            var area = RocAuc.Binary(summary);
            if (!area.IsDefined)
            {
                return MetricValue.Undefined($"class {label} against the rest: {area.Reason}");
            }

            var weight = average == ClassAverage.Weighted ? summary.Positives : 1;
            sum += weight * area.Value;
            total += weight;
        }

        return MetricValue.Of(sum / total);
    }

    /// <summary>
    /// Each pair of classes on the rows of the two (Hand and Till 2001): the mean of the areas by either column. Weighted: each pair by its
    /// rows. Not affected by how common the classes are. Undefined when a class has no row in the truth.
    /// </summary>
    /// <param name="probabilities">Row by row: element <c>row * classes + class</c>.</param>
    /// <param name="classes">The number of classes, 2 or more.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="average">Macro or weighted.</param>
    public static MetricValue OneVsOne(ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> truth, ClassAverage average = ClassAverage.Macro)
    {
        Check(probabilities.Length, classes, truth.Length);
        ArgumentOutOfRangeException.ThrowIfEqual((int)average, (int)ClassAverage.Micro, nameof(average));
        double sum = 0, total = 0;
        for (var a = 0; a < classes; a++)
        {
            for (var b = a + 1; b < classes; b++)
            {
                var (first, second) = (Pair(probabilities, classes, truth, a, b), Pair(probabilities, classes, truth, b, a));
                var (firstArea, secondArea) = (RocAuc.Binary(first), RocAuc.Binary(second));
                if (!firstArea.IsDefined)
                {
                    return MetricValue.Undefined($"class {a} against class {b}: {firstArea.Reason}");
                }

                var weight = average == ClassAverage.Weighted ? first.N : 1;
                sum += weight * (firstArea.Value + secondArea.Value) / 2;
                total += weight;
            }
        }

        return MetricValue.Ratio(sum, total, "there are no pairs of classes");
    }

    static MetricValue Micro(ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> truth, ReadOnlySpan<double> weights)
    {
        var isClass = new bool[probabilities.Length];
        var repeated = weights.IsEmpty ? [] : new double[probabilities.Length];
        for (var row = 0; row < truth.Length; row++)
        {
            isClass[(row * classes) + truth[row]] = true;
            if (repeated.Length > 0)
            {
                repeated.AsSpan(row * classes, classes).Fill(weights[row]);
            }
        }

        return RocAuc.Binary(ScoreSummary.Of(probabilities, isClass, repeated));
    }

    static ScoreSummary Pair(ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> truth, int positive, int negative)
    {
        var (scores, isPositive) = (new List<double>(), new List<bool>());
        for (var row = 0; row < truth.Length; row++)
        {
            if (truth[row] == positive || truth[row] == negative)
            {
                scores.Add(probabilities[(row * classes) + positive]);
                isPositive.Add(truth[row] == positive);
            }
        }

        return ScoreSummary.Of(scores.ToArray(), isPositive.ToArray());
    }

    static void Check(int probabilities, int classes, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(probabilities, (long)rows * classes);
    }
}
