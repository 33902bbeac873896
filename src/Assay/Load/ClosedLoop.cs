using System.Globalization;

namespace Assay.Load;

/// <summary>Workers that each send the next request when the last is answered: the server sets the pace, and a slow one is asked less.</summary>
/// <param name="Concurrency">Workers.</param>
public sealed record ClosedLoop(int Concurrency) : ArrivalOptions
{
    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"closed {Concurrency}");

    internal override string? Problem => Concurrency >= 1 ? null : $"the concurrency is {Concurrency}; expected 1 or more";

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan>? Schedule(TimeSpan? duration, int? requests, ulong seed) => null;
}
