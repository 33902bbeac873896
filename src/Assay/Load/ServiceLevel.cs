using System.Globalization;

namespace Assay.Load;

/// <summary>Reads the names of <see cref="LoadOptions.Slo"/>.</summary>
static class ServiceLevel
{
    const string Prefix = "latency_p";

    /// <summary>0.99 for <c>latency_p99</c>, 0.999 for <c>latency_p99.9</c>; null for another name.</summary>
    public static double? Percentile(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && double.TryParse(name.AsSpan(Prefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent is > 0 and < 100
            ? percent / 100
            : null;

    /// <summary>The longest latency of a good request, or null when any will do. A p50 target says itself that half may be slower, so the highest percentile rules.</summary>
    public static TimeSpan? Bound(IReadOnlyDictionary<string, TimeSpan> slo) =>
        slo.Count == 0 ? null : slo.MaxBy(target => Percentile(target.Key)).Value;
}
