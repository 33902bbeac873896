namespace Assay.Load;

/// <summary>How many answers took so long.</summary>
/// <param name="Low">Seconds, inclusive.</param>
/// <param name="High">Seconds, exclusive.</param>
/// <param name="Count">Answers.</param>
public readonly record struct LatencyBin(double Low, double High, int Count);
