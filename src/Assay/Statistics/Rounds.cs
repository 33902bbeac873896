namespace Assay.Statistics;

/// <summary>Independent rounds on several threads.</summary>
static class Rounds
{
    /// <summary>In how many rounds it holds. Each thread has its own scratch.</summary>
    public static int Count<T>(BootstrapOptions options, Func<T> scratch, Func<int, T, bool> holds, CancellationToken cancellationToken)
    {
        var total = 0;
        _ = Parallel.For(
            0,
            options.Rounds,
            Bootstrap.Parallelism(options, cancellationToken),
            () => (Scratch: scratch(), Count: 0),
            (round, _, local) => local with { Count = local.Count + (holds(round, local.Scratch) ? 1 : 0) },
            local => Interlocked.Add(ref total, local.Count));
        return total;
    }
}
