namespace Assay.Learning;

// Independent pieces of training side by side; each runs on one thread.
static class Fits
{
    public static async Task RunAsync(int count, int workers, IProgress<int>? done, Action<int, CancellationToken> fit, CancellationToken cancellationToken)
    {
        var finished = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, workers), CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, parallel, (i, token) =>
        {
            fit(i, token);
            done?.Report(Interlocked.Increment(ref finished));
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
    }
}
