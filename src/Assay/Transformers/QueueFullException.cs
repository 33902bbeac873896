namespace Assay.Transformers;

/// <summary>As many texts wait as may: an expected refusal, not a fault. Try again later.</summary>
public sealed class QueueFullException(int waiting, TimeSpan retryAfter)
    : Exception($"The queue is full: {waiting} texts wait. Try again in {retryAfter.TotalSeconds:0} s.")
{
    /// <summary>When a place should be free: how long texts took lately, at least a second.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
