namespace Assay.Load.Sharding;

/// <summary>The part of a load that one of several processes on a machine makes: of a schedule every n-th request, of a closed loop its share of the workers.</summary>
/// <param name="Index">Which of them, from 0.</param>
/// <param name="Count">How many there are.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>When all of them start: a timestamp of the monotonic clock, which the processes of a machine share; null starts at once.</summary>
    public long? Start { get; init; }
}
