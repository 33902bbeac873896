using System.Globalization;
using Assay.Load.Traces;

namespace Assay.Load;

/// <summary>The times at which real users came, replayed.</summary>
/// <param name="Trace">Whose times.</param>
/// <param name="Scale">How many times as fast; 20 makes an hour three minutes.</param>
public sealed record TraceArrivals(Trace Trace, double Scale = 1) : ArrivalOptions
{
    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"trace {Trace.Name}{(Scale == 1 ? "" : $" x{Scale}")}");

    internal override string? Problem =>
        !(Scale > 0 && double.IsFinite(Scale)) ? string.Create(CultureInfo.InvariantCulture, $"the scale is {Scale}; expected a number above 0, 1 for the trace's own speed")
        : Trace.Requests.IsEmpty ? $"the trace {Trace.Name} has no requests"
        : null;

    // The last request is within it.
    internal override TimeSpan? Length => Trace.Requests.IsEmpty ? null : (Trace.Requests[^1].At / Scale) + TimeSpan.FromTicks(1);

    /// <inheritdoc/>
    public override IReadOnlyList<TimeSpan> Schedule(TimeSpan? duration, int? requests, ulong seed)
    {
        var all = Trace.Requests;
        var count = Math.Min(all.Length, requests ?? int.MaxValue);
        var schedule = new List<TimeSpan>(count);
        for (var i = 0; i < count && (all[i].At / Scale is var at) && !(at >= duration); i++)
        {
            schedule.Add(at);
        }

        return schedule;
    }
}
