using System.Collections.Immutable;

namespace Assay.Load.Validity;

/// <summary>Whether the numbers tell of the server, or of the client that measured it.</summary>
/// <param name="Measured">What the verdict is from.</param>
/// <param name="Problems">Why the run is not valid, each with its figures; empty when it is.</param>
/// <param name="ErrorBounds">
/// By metric without its percentile (<c>ttft</c>, <c>gap</c>, <c>latency</c>, ...): 99 of 100 times of that metric are off by no more, as far as the client is
/// to blame. Times are late, never early; a gap is off to either side.
/// </param>
public sealed record ClientHealth(
    ClientMeasurements Measured, ImmutableArray<string> Problems, ImmutableSortedDictionary<string, TimeSpan> ErrorBounds)
{
    /// <summary>The client was not the limit.</summary>
    public bool IsValid => Problems.IsEmpty;
}
