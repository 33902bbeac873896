using System.Globalization;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>
/// Gamma distributed gaps: burstier than independent users below shape 1, steadier above it. Their coefficient of variation is
/// 1 / sqrt(shape); shape 1 is <see cref="PoissonArrivals"/>. Nothing is rescaled to the asked rate.
/// </summary>
/// <param name="Rate">Requests per second, on average.</param>
/// <param name="Shape">Above 0; vLLM's <c>--burstiness</c>.</param>
public sealed record GammaArrivals(double Rate, double Shape) : ArrivalOptions
{
    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"gamma:{Shape} {Rate}/s");

    internal override string? Problem => RateProblem(Rate) ?? (Shape > 0 && double.IsFinite(Shape)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"the shape is {Shape}; expected a number above 0, 1 for Poisson arrivals"));

    internal override double? GapShape => Shape;

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan> Schedule(TimeSpan? duration, int? requests, ulong seed)
    {
        var random = new SeededRandom(seed);
        var at = 0.0;
        return Walk(duration, requests, () => at += GammaSampler.Next(random, Shape) / (Shape * Rate));
    }

    internal override double ExpectedBefore(double seconds) => Rate * seconds;
}
