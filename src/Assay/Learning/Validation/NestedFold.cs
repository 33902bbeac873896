namespace Assay.Learning.Validation;

/// <summary>One outer fold.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Choice">What was chosen from its training rows.</param>
/// <param name="Score">On its test rows; NaN where undefined.</param>
public sealed record NestedFold<TChoice>(int Number, TChoice Choice, double Score);
