using System.Globalization;

namespace Assay.Load;

/// <summary>When requests are made: open loop by a schedule, whatever the server does, or closed loop by workers that wait for their answers.</summary>
public abstract record ArrivalOptions
{
    private protected ArrivalOptions()
    {
    }

    /// <summary>As in the slice of an estimate: <c>poisson 200/s</c>, <c>closed 4</c>.</summary>
    public abstract string Description { get; }

    /// <summary>What is wrong with the numbers, or null.</summary>
    internal abstract string? Problem { get; }

    /// <summary>When the schedule ends of itself; null when it goes on for ever.</summary>
    internal virtual TimeSpan? Length => null;

    /// <summary>
    /// Of a process whose gaps are independent once time runs as fast as the asked rate: the shape of their gamma distribution with mean 1,
    /// 1 for the exponential one. Null where nothing is drawn.
    /// </summary>
    internal virtual double? GapShape => null;

    /// <summary>The times of all requests from the start, ascending; null for a closed loop, which has none.</summary>
    /// <param name="duration">Requests are scheduled before it; null without that limit.</param>
    /// <param name="requests">At most so many; null without that limit. One of the two must be given, unless the arrivals end of themselves.</param>
    /// <param name="seed">The same seed gives the same times.</param>
    public abstract IReadOnlyList<TimeSpan>? Schedule(TimeSpan? duration, int? requests, ulong seed);

    /// <summary>How many requests are expected before this time, in seconds; NaN where no rate is asked for.</summary>
    internal virtual double ExpectedBefore(double seconds) => double.NaN;

    private protected static string? RateProblem(double rate) => rate > 0 && double.IsFinite(rate)
        ? null
        : $"the rate is {rate.ToString(CultureInfo.InvariantCulture)}; expected a number of requests per second above 0";

    private protected IReadOnlyList<TimeSpan> Walk(TimeSpan? duration, int? requests, Func<double> nextSeconds)
    {
        var end = (duration ?? Length)?.TotalSeconds ?? double.PositiveInfinity;
        var count = requests ?? int.MaxValue;
        var schedule = new List<TimeSpan>();
        for (var at = nextSeconds(); at < end && schedule.Count < count; at = nextSeconds())
        {
            schedule.Add(TimeSpan.FromSeconds(at));
        }

        return schedule;
    }
}
