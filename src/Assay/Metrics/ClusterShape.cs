namespace Assay.Metrics;

/// <summary>
/// How tight and how far apart the groups of points are, without a truth; Euclidean distances, scikit-learn's definitions. Undefined unless
/// there are at least two groups and fewer groups than points.
/// </summary>
public static class ClusterShape
{
    /// <summary>Mean over the points of (b - a) / max(a, b), a to its own group, b to the nearest other; alone in a group: 0. In [-1, 1], O(n^2).</summary>
    /// <param name="points">Row by row: element <c>row * dimensions + d</c>.</param>
    /// <param name="dimensions">Of a point.</param>
    /// <param name="groups">A group per point, from 0 without gaps.</param>
    public static MetricValue Silhouette(ReadOnlySpan<double> points, int dimensions, ReadOnlySpan<int> groups)
    {
        if (Defect(points, dimensions, groups) is { } defect)
        {
            return MetricValue.Undefined(defect);
        }

        var (sizes, sum) = (Sizes(groups), 0.0);
        var distances = new double[sizes.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            Array.Clear(distances);
            for (var j = 0; j < groups.Length; j++)
            {
                distances[groups[j]] += Distance(Point(points, dimensions, i), Point(points, dimensions, j));
            }

            var own = groups[i];
            if (sizes[own] > 1)
            {
                var within = distances[own] / (sizes[own] - 1);
                var nearest = Enumerable.Range(0, sizes.Length).Where(group => group != own).Min(group => distances[group] / sizes[group]);
                sum += Math.Max(within, nearest) is > 0 and var larger ? (nearest - within) / larger : 0;
            }
        }

        return MetricValue.Of(sum / groups.Length);
    }

    /// <summary>Variance between groups over variance within, each by its degrees of freedom; 1 when there is none within.</summary>
    /// <param name="points">Row by row.</param>
    /// <param name="dimensions">Of a point.</param>
    /// <param name="groups">A group per point, from 0 without gaps.</param>
    public static MetricValue CalinskiHarabasz(ReadOnlySpan<double> points, int dimensions, ReadOnlySpan<int> groups)
    {
        if (Defect(points, dimensions, groups) is { } defect)
        {
            return MetricValue.Undefined(defect);
        }

        var (sizes, centres) = (Sizes(groups), Centres(points, dimensions, groups));
        var middle = Centres(points, dimensions, new int[groups.Length]);
        double between = 0, within = 0;
        for (var group = 0; group < sizes.Length; group++)
        {
            between += sizes[group] * Square(Distance(Point(centres, dimensions, group), middle));
        }

        for (var i = 0; i < groups.Length; i++)
        {
            within += Square(Distance(Point(points, dimensions, i), Point(centres, dimensions, groups[i])));
        }

        return MetricValue.Of(within == 0 ? 1 : between * (groups.Length - sizes.Length) / (within * (sizes.Length - 1)));
    }

    /// <summary>Mean over the groups of the worst (spread + spread) / distance of centres to another group; 0 is best.</summary>
    /// <param name="points">Row by row.</param>
    /// <param name="dimensions">Of a point.</param>
    /// <param name="groups">A group per point, from 0 without gaps.</param>
    public static MetricValue DaviesBouldin(ReadOnlySpan<double> points, int dimensions, ReadOnlySpan<int> groups)
    {
        if (Defect(points, dimensions, groups) is { } defect)
        {
            return MetricValue.Undefined(defect);
        }

        var (sizes, centres) = (Sizes(groups), Centres(points, dimensions, groups));
        var spread = new double[sizes.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            spread[groups[i]] += Distance(Point(points, dimensions, i), Point(centres, dimensions, groups[i])) / sizes[groups[i]];
        }

        var sum = 0.0;
        for (var a = 0; a < sizes.Length; a++)
        {
            var worst = 0.0;
            for (var b = 0; b < sizes.Length; b++)
            {
                var apart = Distance(Point(centres, dimensions, a), Point(centres, dimensions, b));
                worst = a != b && apart > 0 ? Math.Max(worst, (spread[a] + spread[b]) / apart) : worst;
            }

            sum += worst;
        }

        return MetricValue.Of(sum / sizes.Length);
    }

    static string? Defect(ReadOnlySpan<double> points, int dimensions, ReadOnlySpan<int> groups)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(points.Length, groups.Length * dimensions, nameof(points));
        var sizes = Sizes(groups);
        return sizes.Length < 2 || sizes.Length >= groups.Length
            ? $"there are {sizes.Length} groups of {groups.Length} points; it needs at least 2 groups and fewer groups than points"
            : null;
    }

    static int[] Sizes(ReadOnlySpan<int> groups)
    {
        var sizes = new List<int>();
        foreach (var group in groups)
        {
            while (sizes.Count <= group)
            {
                sizes.Add(0);
            }

            sizes[group]++;
        }

        return [.. sizes];
    }

    static double[] Centres(ReadOnlySpan<double> points, int dimensions, ReadOnlySpan<int> groups)
    {
        var sizes = Sizes(groups);
        var centres = new double[sizes.Length * dimensions];
        for (var i = 0; i < points.Length; i++)
        {
            var group = groups[i / dimensions];
            centres[(group * dimensions) + (i % dimensions)] += points[i] / sizes[group];
        }

        return centres;
    }

    static ReadOnlySpan<double> Point(ReadOnlySpan<double> points, int dimensions, int index) => points.Slice(index * dimensions, dimensions);

    static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => System.Numerics.Tensors.TensorPrimitives.Distance(a, b);

    static double Square(double value) => value * value;
}
