namespace Assay.Load.Sharding;

/// <summary>The part of a load that one of several processes on a machine makes: of a schedule every n-th request, of a closed loop its share of the workers.</summary>
/// <param name="Index">Which of them, from 0.</param>
/// <param name="Count">How many there are.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>
    /// Asked when this process is ready; gives the timestamp of the monotonic clock, which the processes of a machine share, at which all start. Null
    /// starts at once.
    /// </summary>
    public Func<CancellationToken, Task<long>>? Start { get; init; }

    /// <summary>This part's share of a number of workers or sessions at a time.</summary>
    internal int Of(int all) => (all / Count) + (Index < all % Count ? 1 : 0);
}
