using System.Globalization;

namespace Assay.Load;

/// <summary>Equal gaps; the first request at 0.</summary>
/// <param name="Rate">Requests per second.</param>
public sealed record ConstantArrivals(double Rate) : ArrivalOptions
{
    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"constant {Rate}/s");

    internal override string? Problem => RateProblem(Rate);

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan> Schedule(TimeSpan? duration, int? requests, ulong seed)
    {
        var i = 0L;
        return Walk(duration, requests, () => i++ / Rate);
    }

    internal override double ExpectedBefore(double seconds) => Rate * seconds;
}
