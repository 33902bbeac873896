using System.Numerics.Tensors;

namespace Assay.Data.Drift;

/// <summary>Numbers counted in bins.</summary>
public static class Bins
{
    /// <summary>
    /// numpy's "sturges" edges over both samples: ceil of (log2(rows) + 1) bins of one width. Evidently's choice; the edges move with the
    /// current data.
    /// </summary>
    /// <param name="reference">Finite, not empty, in any order.</param>
    /// <param name="current">Likewise.</param>
    public static double[] Sturges(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var low = Math.Min(TensorPrimitives.Min(reference), TensorPrimitives.Min(current));
        var high = Math.Max(TensorPrimitives.Max(reference), TensorPrimitives.Max(current));
        var width = (high - low) / (Math.Log2((double)reference.Length + current.Length) + 1);

        // numpy's: one bin of width 1 around a constant.
        return width == 0 ? [low - 0.5, low + 0.5] : Even(low, high, (int)Math.Ceiling((high - low) / width));
    }

    /// <summary>Deciles of the reference, the outer bins open: the edges of the classic index. Equal deciles are one edge.</summary>
    /// <param name="sorted">Ascending, not empty.</param>
    public static double[] Deciles(ReadOnlySpan<double> sorted)
    {
        var edges = new List<double> { double.NegativeInfinity };
        for (var i = 1; i < 10; i++)
        {
            var edge = Quantile.Linear(sorted, i / 10.0);
            if (edge > edges[^1])
            {
                edges.Add(edge);
            }
        }

        return [.. edges, double.PositiveInfinity];
    }

    /// <summary>Shares of the values per bin: each holds its lower edge, the last one also its upper. numpy.histogram.</summary>
    /// <param name="values">Not empty; what is outside the edges is in no bin.</param>
    /// <param name="edges">Ascending.</param>
    public static double[] Of(ReadOnlySpan<double> values, ReadOnlySpan<double> edges)
    {
        var counts = new long[edges.Length - 1];
        var (low, high) = (edges[0], edges[^1]);
        if (double.IsFinite(high - low))
        {
            CountEven(values, edges, counts, counts.Length / (high - low));
        }
        else
        {
            foreach (var value in values)
            {
                var place = edges.BinarySearch(value);
                counts[Math.Clamp(place < 0 ? ~place - 1 : place, 0, counts.Length - 1)]++;
            }
        }

        double rows = values.Length;
        return Array.ConvertAll(counts, count => count / rows);
    }

    static double[] Even(double low, double high, int bins)
    {
        var edges = new double[bins + 1];
        var step = (high - low) / bins;
        for (var i = 0; i < bins; i++)
        {
            edges[i] = (i * step) + low;
        }

        edges[bins] = high;
        return edges;
    }

    // The bin of an even grid, put right where rounding led astray.
    static void CountEven(ReadOnlySpan<double> values, ReadOnlySpan<double> edges, long[] counts, double perUnit)
    {
        var last = counts.Length - 1;
        var (low, high) = (edges[0], edges[^1]);
        foreach (var value in values)
        {
            if (!(value >= low && value <= high))
            {
                continue;
            }

            var bin = Math.Min((int)((value - low) * perUnit), last);
            while (value < edges[bin])
            {
                bin--;
            }

            while (bin < last && value >= edges[bin + 1])
            {
                bin++;
            }

            counts[bin]++;
        }
    }
}
