namespace Assay.Learning.Linear;

// Class targets as indices, and what can be said of them without features.
static class ClassTargets
{
    public static int[] Labels(Examples examples)
    {
        var labels = new int[examples.Targets.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            var target = examples.Targets[row];
            labels[row] = target >= 0 && target < examples.Shape.Outputs && target == MathF.Floor(target)
                ? (int)target
                : throw new UserErrorException($"The class of row {row + 1} is {target}. Expected an index from 0 to {examples.Shape.Outputs - 1}. Leave rows without a class out.");
        }

        return labels;
    }

    /// <summary>Each class's rows times rows / (classes that are there · rows of the class).</summary>
    public static double[] Balance(double[] weights, int[] labels)
    {
        var counts = new int[labels.Max() + 1];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var present = counts.Count(count => count > 0);
        return [.. weights.Zip(labels, (weight, label) => weight * labels.Length / ((double)present * counts[label]))];
    }

    /// <summary>Weight of each class, of 1 in all.</summary>
    public static double[] Shares(ReadOnlySpan<double> weights, int[] labels, int classes)
    {
        var (shares, sum) = (new double[classes], 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            shares[labels[row]] += weights[row];
            sum += weights[row];
        }

        return [.. shares.Select(share => share / sum)];
    }
}
