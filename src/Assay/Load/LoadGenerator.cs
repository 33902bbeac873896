using Assay.Models;

namespace Assay.Load;

/// <summary>Makes load on a service and times every request.</summary>
public static class LoadGenerator
{
    const int MostOpened = 64;

    static readonly TimeSpan _progressPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs to the end of the options' duration or number of requests and until all answers are there. Keeps an <see cref="Exchange"/> of
    /// some 60 bytes per request in memory.
    /// </summary>
    /// <param name="target">Where to.</param>
    /// <param name="options">What load.</param>
    /// <param name="time">Must go as real time does: the schedule is slept through.</param>
    /// <param name="progress">Told five times a second, and at the end.</param>
    /// <param name="cancellationToken">Ends the run early: the result has what was done and says so; nothing is thrown.</param>
    /// <exception cref="UserErrorException">The options are wrong; the message lists all faults.</exception>
    public static async Task<LoadResult> RunAsync(
        LoadTarget target, LoadOptions options, TimeProvider time, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problems().ToArray() is { Length: > 0 } problems)
        {
            throw new UserErrorException($"Wrong load options: {string.Join("; ", problems)}.");
        }

        using var sender = new LoadSender(target, options, time);
        var connections = options.Arrivals is ClosedLoop closed ? Math.Min(closed.Concurrency, MostOpened) : 8;
        await sender.OpenConnectionsAsync(connections, cancellationToken).ConfigureAwait(false);
        var before = Usage(target);
        var result = await RunOnceAsync(sender, options with { Duration = options.Duration + options.Warmup + options.Cooldown }, time, progress, cancellationToken).ConfigureAwait(false);
        return before is { } first && Usage(target) is { } last
            ? result with { Usage = new ResourceUsage((last.Cpu - first.Cpu).TotalSeconds, last.PeakBytes) }
            : result;
    }

    static async Task<LoadResult> RunOnceAsync(
        LoadSender sender, LoadOptions options, TimeProvider time, IProgress<LoadProgress>? progress, CancellationToken stop)
    {
        var schedule = options.Arrivals.Schedule(options.Duration, options.Requests, options.Seed);
        var started = time.GetUtcNow();
        using var run = new LoadRun(sender, time, stop);
        Exchange[] exchanges;
        using (progress is null ? null : time.CreateTimer(_ => progress.Report(run.Progress), null, _progressPeriod, _progressPeriod))
        {
            exchanges = await (schedule is null ? ClosedAsync(run, options) : OpenAsync(run, schedule, options)).ConfigureAwait(false);
        }

        progress?.Report(run.Progress);
        var elapsed = run.Now;
        return new LoadResult
        {
            Arrivals = options.Arrivals,
            Slo = options.Slo,
            Planned = schedule?.Count ?? (run.Stopped is null ? null : options.Requests) ?? exchanges.Length,
            Exchanges = [.. exchanges],
            Started = started,
            Elapsed = elapsed,
            Window = Window(options, exchanges, run.Stopped, elapsed),
            Warmup = options.Warmup,
            Cooldown = options.Cooldown,
            Cancelled = run.Stopped is not null,
        };
    }

    static Task<Exchange[]> ClosedAsync(LoadRun run, LoadOptions options) =>
        new WorkerLoop(run, ((ClosedLoop)options.Arrivals).Concurrency, options.Duration, options.Requests).RunAsync();

    static async Task<Exchange[]> OpenAsync(LoadRun run, IReadOnlyList<TimeSpan> schedule, LoadOptions options)
    {
        using var loop = new OpenLoop(run, schedule, options.MaxInFlight);
        return await loop.RunAsync().ConfigureAwait(false);
    }

    // A run that its number of requests ended lasts to its last good answer: one that hangs at the end must not thin out the rates.
    static TimeSpan Window(LoadOptions options, Exchange[] exchanges, TimeSpan? stopped, TimeSpan elapsed)
    {
        var window = options.Duration is { } duration && !(exchanges.Length == options.Requests)
            ? duration
            : exchanges.Where(exchange => exchange.Outcome == Outcome.Ok).Select(exchange => exchange.End).DefaultIfEmpty(elapsed).Max();
        return stopped < window ? stopped.Value : window;
    }

    static ProcessUsage? Usage(LoadTarget target) => target.ServerProcessId is { } id ? ProcessUsage.Read(id) : null;
}
