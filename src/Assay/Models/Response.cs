namespace Assay.Models;

/// <summary>A model's answer, or its named failure.</summary>
/// <param name="Text">Null without an answer; of a truncated one what came.</param>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Reason">Why the outcome is not ok; null when it is.</param>
public sealed record Response(string? Text, Outcome Outcome, string? Reason = null)
{
    /// <summary>True of a truncated answer that was cut by the limit of tokens and by nothing else: as long as it was allowed to be, it can be scored.</summary>
    public bool IsAtLimit { get; init; }
}
