using Assay.Load.Validity;

namespace Assay.Load.Recording;

/// <summary>What is known of a run when it is over: the last block of an event log.</summary>
/// <param name="Planned">As in the result.</param>
/// <param name="Elapsed">As in the result.</param>
/// <param name="Window">As in the result.</param>
/// <param name="Cancelled">As in the result.</param>
/// <param name="Client">What the client saw of itself; null when the run broke off.</param>
sealed record LoadEnd(int Planned, TimeSpan Elapsed, TimeSpan Window, bool Cancelled, ClientMeasurements? Client);
