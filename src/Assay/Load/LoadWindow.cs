using Assay.Models;

namespace Assay.Load;

/// <summary>
/// The part of a run that its numbers are of: after the warm-up and before the cool-down. Times and shares are of the requests scheduled in it,
/// rates of the answers that ended in it.
/// </summary>
readonly record struct LoadWindow(TimeSpan From, TimeSpan To, bool IsOpen)
{
    /// <summary>0 when the run ended before the window began.</summary>
    public double Seconds => Math.Max(0, (To - From).TotalSeconds);

    // Without a cool-down no request is left out for being late: one that hangs at the end counts.
    public static LoadWindow Of(LoadResult result) => new(result.Warmup, result.Window - result.Cooldown, result.Cooldown == TimeSpan.Zero);

    public bool Contains(in Exchange exchange) => exchange.Scheduled >= From && (IsOpen || exchange.Scheduled < To);

    /// <summary>Neither a slow drain nor an answer that hangs may thin out or swell a rate.</summary>
    public bool HasGoodEnd(in Exchange exchange) => To > From && exchange.Outcome == Outcome.Ok && exchange.End >= From && exchange.End <= To;
}
