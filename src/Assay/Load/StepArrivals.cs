using System.Collections.Immutable;
using System.Globalization;
using Assay.Load.Arrivals;

namespace Assay.Load;

/// <summary>A stretch of time at one rate.</summary>
/// <param name="Rate">Requests per second; 0 for a pause.</param>
/// <param name="Duration">Its length.</param>
public readonly record struct RateStep(double Rate, TimeSpan Duration);

/// <summary>Rates one after the other. After the last one there are no more requests.</summary>
/// <param name="Steps">In order.</param>
public sealed record StepArrivals(ImmutableArray<RateStep> Steps) : ArrivalOptions
{
    /// <summary>As of <see cref="RampArrivals.IsDrawn"/>.</summary>
    public bool IsDrawn { get; init; } = true;

    /// <inheritdoc/>
    public override string Description =>
        $"steps {string.Join(", ", Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Rate}/s for {step.Duration.TotalSeconds} s")))}{(IsDrawn ? "" : ", even")}";

    internal override string? Problem =>
        Steps.IsDefaultOrEmpty ? "there are no steps; expected at least one rate and its duration"
        : !Steps.All(step => step.Rate >= 0 && double.IsFinite(step.Rate) && step.Duration > TimeSpan.Zero)
            ? "a step has a rate below 0 or no duration; expected a rate from 0 and a time above 0"
        : Steps.All(step => step.Rate == 0) ? "all steps have rate 0; expected one above it"
        : null;

    internal override TimeSpan? Length => Steps.IsDefaultOrEmpty ? null : TimeSpan.FromSeconds(Steps.Sum(step => step.Duration.TotalSeconds));

    internal override double? GapShape => IsDrawn ? 1 : null;

    ImmutableArray<RatePiece> Pieces => [.. Steps.Select(step => new RatePiece(step.Rate, step.Rate, step.Duration.TotalSeconds))];

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan> Schedule(TimeSpan? duration, int? requests, ulong seed) =>
        Walk(duration, requests, RateCurve.Walk(Pieces, RateCurve.Counts(IsDrawn, seed)));

    internal override double ExpectedBefore(double seconds) => RateCurve.CountBefore(Pieces, seconds);
}
