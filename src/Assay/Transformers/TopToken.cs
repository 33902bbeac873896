namespace Assay.Transformers;

/// <summary>A likely token.</summary>
/// <param name="Id">Its number.</param>
/// <param name="LogProbability">Natural logarithm of the model's probability.</param>
public readonly record struct TopToken(int Id, float LogProbability);
