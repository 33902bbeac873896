namespace Assay.Web.Simulation.Batching;

/// <summary>Tokens of one answer, at the time when they are made.</summary>
/// <param name="Id">The request.</param>
/// <param name="At">Nanoseconds on the arrivals' clock.</param>
/// <param name="Count">1 or more.</param>
/// <param name="IsLast">The answer is whole.</param>
/// <param name="CachedTokens">Of the prompt, found in the prefix cache when it was first taken up.</param>
public readonly record struct TokenEvent(long Id, long At, int Count, bool IsLast, int CachedTokens);
