using System.Numerics.Tensors;

namespace Assay.Data.Drift;

/// <summary>
/// The squared distance of two samples' means in the space of a Gaussian kernel, with its probability under relabelled rows;
/// <c>empirical_mmd</c>. Gretton and others 2012, in Evidently's form: unbiased but for the mean over pairs of both samples, and a kernel as wide
/// as the median squared distance within the reference. Of more than 1000 values a side a random 1000 are compared.
/// </summary>
public static class MaximumMeanDiscrepancy
{
    /// <summary>Values of a side that are compared; a permutation costs their square.</summary>
    public const int MostValues = 1000;

    /// <summary>Effect <c>mmd</c>, the statistic, which may be below 0. NaN for fewer than 2 values on a side.</summary>
    /// <param name="reference">Without NaN, not empty, in any order.</param>
    /// <param name="current">Likewise.</param>
    /// <param name="seed">Of the sample and the permutations.</param>
    /// <param name="rounds">Permutations.</param>
    public static TestResult Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, ulong seed, int rounds = 100)
    {
        if (Math.Min(reference.Length, current.Length) < 2)
        {
            return new TestResult(double.NaN, double.NaN, double.NaN, "mmd");
        }

        var random = new SeededRandom(seed);
        var first = Sample(reference, random);
        double[] values = [.. first, .. Sample(current, random)];
        var kernel = Kernel(values, MedianSquaredDistance(first));
        var sums = new double[values.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = TensorPrimitives.Sum(kernel.AsSpan(i * values.Length, values.Length));
        }

        var total = TensorPrimitives.Sum(sums);
        var order = Enumerable.Range(0, values.Length).ToArray();
        var found = Of(order, first.Length, kernel, sums, total);
        var atLeast = 0;
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(order.AsSpan());
            atLeast += Of(order, first.Length, kernel, sums, total) >= found ? 1 : 0;
        }

        // The found labelling is one of them: the probability is never 0.
        return new TestResult(found, (atLeast + 1.0) / (rounds + 1), found, "mmd");
    }

    static double[] Sample(ReadOnlySpan<double> values, SeededRandom random)
    {
        if (values.Length <= MostValues)
        {
            return values.ToArray();
        }

        var rows = Enumerable.Range(0, values.Length).ToArray();
        random.Shuffle(rows.AsSpan());
        return Picked.From(values, rows.AsSpan(0, MostValues));
    }

    // Over all pairs, a value with itself too, as there; the nearest element and not a mean of two.
    static double MedianSquaredDistance(double[] values)
    {
        var distances = new double[values.Length * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
            {
                distances[(i * values.Length) + j] = (values[i] - values[j]) * (values[i] - values[j]);
            }
        }

        Array.Sort(distances);
        var median = distances[(int)Math.Round((distances.Length - 1) / 2.0, MidpointRounding.ToEven)];
        return median == 0 ? 1 : median;
    }

    // The diagonal is 0: no value is a pair with itself.
    static double[] Kernel(double[] values, double width)
    {
        var kernel = new double[values.Length * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var row = kernel.AsSpan(i * values.Length, values.Length);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = -(values[i] - values[j]) * (values[i] - values[j]) / width;
            }

            TensorPrimitives.Exp(row, row);
            row[i] = 0;
        }

        return kernel;
    }

    // The sum within the first sample tells the other two: a row's sum is what it has with the first and with the second.
    static double Of(int[] order, int size, double[] kernel, double[] sums, double total)
    {
        var (within, touching) = (0.0, 0.0);
        var first = order.AsSpan(0, size);
        for (var a = 0; a < size; a++)
        {
            var row = kernel.AsSpan(first[a] * order.Length, order.Length);
            touching += sums[first[a]];
            for (var b = 0; b < a; b++)
            {
                within += row[first[b]];
            }
        }

        within *= 2;
        double n = size, m = order.Length - size;
        return (within / (n * (n - 1))) + ((total - (2 * touching) + within) / (m * (m - 1))) - (2 * (touching - within) / (n * m));
    }
}
