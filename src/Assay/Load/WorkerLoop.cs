namespace Assay.Load;

/// <summary>A closed loop: each worker sends its next request when the last is answered.</summary>
sealed class WorkerLoop(LoadRun run, int workers, TimeSpan? duration, int? requests)
{
    int _next = -1;

    /// <summary>All exchanges, by the time they were sent.</summary>
    public async Task<Exchange[]> RunAsync()
    {
        var done = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))).ConfigureAwait(false);
        return [.. done.SelectMany(exchanges => exchanges).OrderBy(exchange => exchange.Scheduled)];
    }

    async Task<List<Exchange>> WorkAsync()
    {
        var exchanges = new List<Exchange>();
        while (run.Stopped is null)
        {
            var now = run.Now;
            if (now >= duration || (Interlocked.Increment(ref _next) is var index && index >= requests))
            {
                break;
            }

            exchanges.Add(await run.SendAsync(index, now).ConfigureAwait(false));
        }

        return exchanges;
    }
}
