using System.Collections.Immutable;
using System.Globalization;
using Assay.Load.Arrivals;

namespace Assay.Load;

/// <summary>A rate that grows or falls linearly and then stays. Without a duration or a number of requests it ends with the ramp.</summary>
/// <param name="From">Requests per second at the start.</param>
/// <param name="To">At the end of the ramp.</param>
/// <param name="Over">The ramp's length.</param>
public sealed record RampArrivals(double From, double To, TimeSpan Over) : ArrivalOptions
{
    /// <summary>True (default): independent users, a Poisson process of that rate. False: at the moments when one more request is expected.</summary>
    public bool IsDrawn { get; init; } = true;

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture, $"ramp {From} to {To}/s in {Over.TotalSeconds} s{(IsDrawn ? "" : ", even")}");

    internal override string? Problem =>
        !(From >= 0 && To >= 0 && From + To > 0 && double.IsFinite(From + To))
            ? string.Create(CultureInfo.InvariantCulture, $"the ramp goes from {From} to {To} requests per second; expected two numbers from 0, not both 0")
        : Over <= TimeSpan.Zero ? $"the ramp's length is {Over}; expected more than 0"
        : null;

    internal override TimeSpan? Length => Over;

    internal override double? GapShape => IsDrawn ? 1 : null;

    ImmutableArray<RatePiece> Pieces => [new(From, To, Over.TotalSeconds), new(To, To, double.PositiveInfinity)];

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan> Schedule(TimeSpan? duration, int? requests, ulong seed) =>
        Walk(duration ?? (requests is null ? Over : TimeSpan.MaxValue), requests, RateCurve.Walk(Pieces, RateCurve.Counts(IsDrawn, seed)));

    internal override double ExpectedBefore(double seconds) => RateCurve.CountBefore(Pieces, seconds);
}
