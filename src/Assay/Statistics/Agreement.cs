namespace Assay.Statistics;

/// <summary>How much raters agree beyond chance: 1 is perfect, 0 is chance, below 0 is worse than chance.</summary>
/// <param name="Value">NaN when undefined.</param>
/// <param name="Interval">Null where none can be given.</param>
/// <param name="N">Items that at least two raters judged.</param>
/// <param name="Reason">Why it is undefined, or has no interval; null when it has both.</param>
public readonly record struct Agreement(double Value, Interval? Interval, long N, string? Reason);
