namespace Assay.Data.Drift;

/// <summary>How far two samples of a column are apart.</summary>
/// <param name="Statistic">Of the test, or the distance.</param>
/// <param name="PValue">Of no difference, two-sided; null for a distance without a test, NaN where it is undefined.</param>
/// <param name="Effect">Size of the difference, free of the number of rows.</param>
/// <param name="EffectName">What <paramref name="Effect"/> is: <c>cohen_d</c>, <c>cramer_v</c>, ...</param>
public readonly record struct TestResult(double Statistic, double? PValue, double Effect, string EffectName);
