namespace Assay.Learning.Tuning;

/// <summary>The Parzen estimator of a choice: a kernel per observation and one for the prior.</summary>
public static class CategoricalMixture
{
    /// <summary>Each kernel has 1 at what was observed and 1 / kernels everywhere, normalised.</summary>
    /// <param name="choices">How many values there are.</param>
    /// <param name="observed">Places of values, the oldest first.</param>
    public static double[] Probabilities(int choices, ReadOnlySpan<int> observed)
    {
        var probabilities = new double[choices];
        var weights = TpeWeights.Of(observed.Length);
        var everywhere = 1.0 / weights.Length;
        var sum = 1 + (choices * everywhere);
        Array.Fill(probabilities, (weights[^1] / choices) + ((1 - weights[^1]) * everywhere / sum));
        for (var i = 0; i < observed.Length; i++)
        {
            probabilities[observed[i]] += weights[i] / sum;
        }

        return probabilities;
    }

    internal static double Draw(ReadOnlySpan<double> probabilities, SeededRandom random)
    {
        var left = random.NextDouble();
        for (var place = 0; place < probabilities.Length - 1; place++)
        {
            left -= probabilities[place];
            if (left < 0)
            {
                return place;
            }
        }

        return probabilities.Length - 1;
    }
}
