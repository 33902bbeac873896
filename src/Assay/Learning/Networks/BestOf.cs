namespace Assay.Learning.Networks;

// More accuracy is better, less of anything else. NaN is never better.
static class BestOf
{
    public static double Worst(string monitor) => IsMore(monitor) ? double.NegativeInfinity : double.PositiveInfinity;

    public static bool Improves(string monitor, double current, double best, double minDelta) =>
        IsMore(monitor) ? current - Math.Abs(minDelta) > best : current + Math.Abs(minDelta) < best;

    static bool IsMore(string monitor) => monitor.EndsWith("accuracy", StringComparison.Ordinal);
}
