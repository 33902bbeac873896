namespace Assay.Web.Serving.OpenAI;

/// <summary>Counts by upper bound, as Prometheus wants them. Thread-safe.</summary>
/// <param name="bounds">Ascending, in seconds.</param>
sealed class Histogram(params double[] bounds)
{
    readonly Lock _lock = new();
    readonly long[] _counts = new long[bounds.Length + 1];
    double _sum;

    public void Add(TimeSpan value, int times = 1)
    {
        var seconds = value.TotalSeconds;
        var bin = Array.BinarySearch(bounds, seconds);
        lock (_lock)
        {
            _counts[bin < 0 ? ~bin : bin] += times;
            _sum += seconds * times;
        }
    }

    /// <summary>Bounds with the number of values at or below each (the last bound is infinite), and the sum.</summary>
    public (double Bound, long Count)[] Read(out double sum)
    {
        lock (_lock)
        {
            sum = _sum;
            var seen = 0L;
            return [.. _counts.Select((count, i) => (i < bounds.Length ? bounds[i] : double.PositiveInfinity, seen += count))];
        }
    }
}
