using Assay.Load.Client;
using Assay.Load.Recording;
using Assay.Load.Sharding;
using Assay.Load.Validity;
using Assay.Models;

namespace Assay.Load;

/// <summary>Makes load on a service and times every request.</summary>
public static class LoadGenerator
{
    const int MostOpened = 1024;
    const int OpenLoopOpened = 32;

    static readonly TimeSpan _progressPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Runs to the end of the options' duration or number of requests and until all answers are there. Keeps some 60 bytes per request in memory. The
    /// client is threads of its own over plain sockets: HTTP/1.1, over TLS for https; no proxy, no redirects, no cookies, and no second try but for
    /// a kept connection that turns out to be closed.
    /// </summary>
    /// <param name="target">Where to.</param>
    /// <param name="options">What load.</param>
    /// <param name="time">Must go as real time does: the schedule is slept through.</param>
    /// <param name="progress">Told five times a second, and at the end.</param>
    /// <param name="cancellationToken">Ends the run early: the result has what was done and says so; nothing is thrown.</param>
    /// <exception cref="UserErrorException">The options or the target are wrong, and the message lists all faults; or the log cannot be written.</exception>
    public static async Task<LoadResult> RunAsync(
        LoadTarget target, LoadOptions options, TimeProvider time, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problems().Concat(Problems(target)).ToArray() is { Length: > 0 } problems)
        {
            throw new UserErrorException($"Wrong load options: {string.Join("; ", problems)}.");
        }

        var shard = options.Shard ?? new Shard(0, 1);
        Rehearsal.Run(target);
        var connections = options.Arrivals is ClosedLoop closed ? Math.Min(shard.Of(closed.Concurrency), MostOpened) : OpenLoopOpened;
        using var client = await LoadClient.StartAsync(target, options, time, connections, cancellationToken).ConfigureAwait(false);
        var before = Usage(target);
        var whole = options with { Duration = options.Duration + options.Warmup + options.Cooldown };
        var result = await RunOnceAsync(client, whole, time, progress, cancellationToken).ConfigureAwait(false);
        return before is { } first && Usage(target) is { } last
            ? result with { Usage = new ResourceUsage((last.Cpu - first.Cpu).TotalSeconds, last.PeakBytes) }
            : result;
    }

    static IEnumerable<string> Problems(LoadTarget target)
    {
        if (target.Address.Scheme != Uri.UriSchemeHttp && target.Address.Scheme != Uri.UriSchemeHttps)
        {
            yield return $"the address is {target.Address}; expected http:// or https://";
        }

        if (RequestWriter.Problem(target) is { } problem)
        {
            yield return problem;
        }
    }

    static async Task<LoadResult> RunOnceAsync(
        LoadClient client, LoadOptions options, TimeProvider time, IProgress<LoadProgress>? progress, CancellationToken stop)
    {
        var schedule = options.Arrivals.Schedule(options.Duration, options.Requests, options.Seed);
        using var log = options.Log is { } path ? new EventLogWriter(path) : null;
        long? start = options.Shard?.Start is { } ask ? await ask(stop).ConfigureAwait(false) : null;
        using var run = new LoadRun(client, log, time, start, stop);
        var begun = time.GetUtcNow() - run.Now;
        var facts = LoadFacts.Of(client.Target, options, schedule, begun);
        log?.Begin(facts);
        run.Facts = facts;
        using var health = new HealthProbe(client, run);
        using (progress is null ? null : time.CreateTimer(_ => progress.Report(run.Progress), null, _progressPeriod, _progressPeriod))
        {
            run.Loop = Loop(run, options, schedule);
            await run.Loop.RunAsync().ConfigureAwait(false);
        }

        progress?.Report(run.Progress);
        var elapsed = run.Now;
        client.Run = null;
        run.Exchanges.Sort();
        var lost = log?.Close() ?? 0;
        var window = Window(options, run.Exchanges, run.Stopped, elapsed);
        var end = new LoadEnd(
            Planned(facts, run), elapsed, window, run.Stopped is not null, health.End(schedule is not null || client.Target.Sessions is not null, lost));
        log?.End(end);
        return facts.Result(end, run.Exchanges, run.Gaps());
    }

    static ILoadLoop Loop(LoadRun run, LoadOptions options, IReadOnlyList<TimeSpan>? schedule)
    {
        var workers = (options.Arrivals as ClosedLoop)?.Concurrency ?? 0;
        workers = options.Shard?.Of(workers) ?? workers;
        return run.Target.Sessions is not null ? new SessionLoop(run, schedule, workers, options)
            : schedule is null ? new WorkerLoop(run, workers, options) : new OpenLoop(run, schedule, options);
    }

    // How many turns sessions have is known in the end only.
    static int Planned(LoadFacts facts, LoadRun run) => run.Target.Sessions is not null ? run.Exchanges.Count
        : facts.HasSchedule || run.Stopped is not null ? facts.Planned ?? run.Exchanges.Count
        : run.Exchanges.Count;

    // A run that its number of requests ended lasts to its last good answer: one that hangs at the end must not thin out the rates.
    static TimeSpan Window(LoadOptions options, ExchangeTable exchanges, TimeSpan? stopped, TimeSpan elapsed)
    {
        var window = options.Duration is { } duration && !(exchanges.Count == options.Requests)
            ? duration
            : exchanges.Where(exchange => exchange.Outcome == Outcome.Ok).Select(exchange => exchange.End).DefaultIfEmpty(elapsed).Max();
        return stopped < window ? stopped.Value : window;
    }

    static ProcessUsage? Usage(LoadTarget target) => target.ServerProcessId is { } id ? ProcessUsage.Read(id) : null;
}
