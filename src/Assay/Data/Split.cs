namespace Assay.Data;

/// <summary>Row indices of the two sides of a hold-out, or of one fold. Both ascending, disjoint.</summary>
/// <param name="Train">Rows a model may learn from.</param>
/// <param name="Test">Rows it is judged on.</param>
public sealed record Split(int[] Train, int[] Test);
