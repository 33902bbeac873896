namespace Assay.Metrics;

/// <summary>A metric, or why it has none. An undefined metric is NaN with a reason: never an exception and never a silent 0.</summary>
/// <param name="Value">NaN when undefined.</param>
/// <param name="Reason">Why it is undefined; null when it is defined.</param>
public readonly record struct MetricValue(double Value, string? Reason)
{
    /// <summary>Whether there is a number.</summary>
    public bool IsDefined => Reason is null;

    /// <summary>What stands in for an undefined value under the rule; a defined one stays as it is.</summary>
    public MetricValue Or(ZeroDivision rule) => (IsDefined, rule) switch
    {
        (false, ZeroDivision.Zero) => Of(0),
        (false, ZeroDivision.One) => Of(1),
        _ => this,
    };

    internal static MetricValue Of(double value) => new(value, null);

    internal static MetricValue Undefined(string reason) => new(double.NaN, reason);

    internal static MetricValue Ratio(double part, double whole, string reasonWhenEmpty) =>
        whole > 0 ? Of(part / whole) : Undefined(reasonWhenEmpty);
}
