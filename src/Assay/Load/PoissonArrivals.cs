using System.Globalization;

namespace Assay.Load;

/// <summary>
/// Independent users: exponential gaps, all drawn from the seed before the first request. Nothing is rescaled to the asked rate, so the
/// number of requests in a duration is Poisson distributed too.
/// </summary>
/// <param name="Rate">Requests per second, on average.</param>
public sealed record PoissonArrivals(double Rate) : ArrivalOptions
{
    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"poisson {Rate}/s");

    internal override string? Problem => RateProblem(Rate);

    internal override double? GapShape => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan> Schedule(TimeSpan? duration, int? requests, ulong seed)
    {
        var random = new SeededRandom(seed);
        var at = 0.0;
        return Walk(duration, requests, () => at += random.NextExponential() / Rate);
    }

    internal override double ExpectedBefore(double seconds) => Rate * seconds;
}
