namespace Assay.Learning.Calibration;

/// <summary>
/// The rising function nearest to the targets in squared error, by pooling adjacent violators; between the points linear, outside constant.
/// Equal inputs count as one with their weighted mean. Source: Barlow et al. 1972; scikit-learn 1.2.1, IsotonicRegression(out_of_bounds='clip').
/// </summary>
public static class IsotonicRegression
{
    /// <summary>The points of the function, inputs rising, outputs not falling; points inside a level stretch are left out. Empty when no row has weight.</summary>
    /// <param name="inputs">Finite.</param>
    /// <param name="targets">One per input, finite.</param>
    /// <param name="weights">One per input, 0 or more; empty for 1 each.</param>
    public static (double[] Inputs, double[] Outputs) Fit(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var (x, y, w) = Distinct(inputs, targets, weights);
        Pool(y, w);
        var kept = Enumerable.Range(0, x.Length).Where(i => i == 0 || i == x.Length - 1 || y[i] != y[i - 1] || y[i] != y[i + 1]).ToArray();
        return (Array.ConvertAll(kept, i => x[i]), Array.ConvertAll(kept, i => y[i]));
    }

    /// <summary>Makes the values not fall, at the least weighted sum of squared changes: each becomes the weighted mean of a stretch of neighbours.</summary>
    /// <param name="values">Overwritten.</param>
    /// <param name="weights">Above 0.</param>
    public static void Pool(Span<double> values, ReadOnlySpan<double> weights)
    {
        // Stretches so far: their means rise.
        var (sums, masses, starts, count) = (new double[values.Length], new double[values.Length], new int[values.Length], 0);
        for (var i = 0; i < values.Length; i++)
        {
            (sums[count], masses[count], starts[count]) = (values[i] * weights[i], weights[i], i);
            for (; count > 0 && sums[count - 1] / masses[count - 1] >= sums[count] / masses[count]; count--)
            {
                sums[count - 1] += sums[count];
                masses[count - 1] += masses[count];
            }

            count++;
        }

        for (var stretch = 0; stretch < count; stretch++)
        {
            values[starts[stretch]..(stretch + 1 < count ? starts[stretch + 1] : values.Length)].Fill(sums[stretch] / masses[stretch]);
        }
    }

    static (double[] Inputs, double[] Targets, double[] Weights) Distinct(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        var (order, keys) = (new int[inputs.Length], inputs.ToArray());
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var (x, y, w) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var i in order)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (weight > 0 && x.Count > 0 && x[^1] == inputs[i])
            {
                y[^1] += targets[i] * weight;
                w[^1] += weight;
            }
            else if (weight > 0)
            {
                x.Add(inputs[i]);
                y.Add(targets[i] * weight);
                w.Add(weight);
            }
        }

        return ([.. x], [.. y.Zip(w, (sum, mass) => sum / mass)], [.. w]);
    }
}
