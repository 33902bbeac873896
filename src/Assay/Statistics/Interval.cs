namespace Assay.Statistics;

/// <summary>A confidence interval and the name of the method that made it.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Method">As in <see cref="Estimate.Method"/>.</param>
public readonly record struct Interval(double Low, double High, string Method);
