namespace Assay.Load;

/// <summary>How far a run is.</summary>
/// <param name="Elapsed">Since its start.</param>
/// <param name="Sent">Requests sent.</param>
/// <param name="Ok">Good answers.</param>
/// <param name="Failed">Other ends.</param>
public readonly record struct LoadProgress(TimeSpan Elapsed, int Sent, int Ok, int Failed);
