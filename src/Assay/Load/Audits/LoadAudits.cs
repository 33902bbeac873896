using System.Collections.Immutable;
using System.Globalization;
using Assay.Models;

namespace Assay.Load.Audits;

/// <summary>Checks a run against what was asked and against laws that hold for every one: docs/load.md.</summary>
public static class LoadAudits
{
    // The goal of the schedule is 99 % within a millisecond; a run whose send times are much worse did not make the load that was asked for.
    const double LateSeconds = 0.010;

    /// <summary>All checks.</summary>
    public static ImmutableArray<LoadAudit> Of(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [Conservation(result), .. Schedule(result), .. Arrivals(result), .. Little(result), .. Tokens(result)];
    }

    /// <summary>
    /// <c>VALID</c>, or <c>INVALID: </c> and why: a fatal check does not hold, or the client was the limit. Null when nothing could be judged.
    /// </summary>
    public static string? Verdict(LoadResult result, IReadOnlyList<LoadAudit> audits)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(audits);
        string[] problems = [.. result.Health?.Problems ?? [], .. audits.Where(audit => audit is { Holds: false, IsFatal: true }).Select(audit => $"{audit.Name}: {audit.Figures}")];
        return problems.Length > 0 ? $"INVALID: {string.Join("; ", problems)}" : result.Health is null ? null : "VALID";
    }

    static LoadAudit Conservation(LoadResult result)
    {
        var (ok, failed, never, open, impossible) = (0, 0, 0, 0, 0);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            ok += exchange.Outcome == Outcome.Ok ? 1 : 0;
            never += exchange.Outcome == Outcome.NeverSent ? 1 : 0;
            var isOpen = result.Cancelled && exchange.Outcome == Outcome.Timeout && exchange.End >= result.Window;
            open += isOpen ? 1 : 0;
            failed += !isOpen && exchange.Outcome is not (Outcome.Ok or Outcome.NeverSent) ? 1 : 0;
            impossible += exchange.End < exchange.Sent || exchange.Sent < exchange.Scheduled || exchange.FirstToken < exchange.Sent || exchange.End < exchange.LastToken ? 1 : 0;
        }

        var due = ok + failed + never + open;
        var missing = result.Cancelled ? 0 : result.Planned - due;
        return new LoadAudit("conservation", missing == 0 && impossible == 0, true, Text(
            $"{result.Planned} planned = {ok} ok + {failed} failed + {open} open at the end + {never} never sent + {result.Planned - due} not come to; {impossible} with times out of order"));
    }

    // Of an open loop: whether requests left at their times.
    static IEnumerable<LoadAudit> Schedule(LoadResult result)
    {
        if (result.Arrivals is ClosedLoop)
        {
            yield break;
        }

        var (due, prompt, late, never) = (0, 0, 0, 0);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange.Session >= 0 && exchange.Turn > 0)
            {
                continue;
            }

            due++;
            never += exchange.Outcome == Outcome.NeverSent ? 1 : 0;
            prompt += exchange.Outcome != Outcome.NeverSent && exchange.ScheduleDelay.TotalSeconds <= 0.001 ? 1 : 0;
            late += exchange.ScheduleDelay.TotalSeconds > LateSeconds ? 1 : 0;
        }

        yield return new LoadAudit("schedule", due == 0 ? null : late + never <= due / 100, true, Text(
            $"{100.0 * prompt / Math.Max(1, due):0.0} % of {due} requests were sent within 1 ms of their time, {late} more than 10 ms late, {never} never (1 % may)"));
    }

    // Of drawn arrivals: whether the times of sending are the asked process.
    static IEnumerable<LoadAudit> Arrivals(LoadResult result)
    {
        if (result.Arrivals.GapShape is not { } shape)
        {
            yield break;
        }

        var times = new List<double>(result.Exchanges.Count);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange.Outcome != Outcome.NeverSent && exchange.Turn == 0)
            {
                times.Add(result.Arrivals.ExpectedBefore(exchange.Sent.TotalSeconds));
            }
        }

        times.Sort();
        var test = ArrivalTest.Of([.. times], shape);
        yield return new LoadAudit("arrivals", test.Holds, true, test.Holds is null
            ? Text($"{times.Count} requests are too few to tell whether they came as asked")
            : Text($"index of dispersion {test.Dispersion:0.000} (asked: {1 / shape:0.###} within {test.DispersionTolerance:0.###}); gaps differ from the asked distribution by {test.Distance:0.0000} (Kolmogorov-Smirnov, p {test.PValue:0.###})"));
    }

    // L = lambda W, Little 1961: the mean number on their way is the arrivals per second times the mean stay. Both sides are of the measured window;
    // they differ by what was on its way at its ends, which cancels when nothing grows.
    static IEnumerable<LoadAudit> Little(LoadResult result)
    {
        var window = LoadWindow.Of(result);
        var (within, stays, arrived) = (0.0, 0.0, 0);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange.Outcome == Outcome.NeverSent)
            {
                continue;
            }

            var (from, to) = (exchange.Sent > window.From ? exchange.Sent : window.From, exchange.End < window.To ? exchange.End : window.To);
            within += Math.Max(0, (to - from).TotalSeconds);
            if (exchange.Sent >= window.From && exchange.Sent < window.To)
            {
                arrived++;
                stays += exchange.ServiceTime.TotalSeconds;
            }
        }

        if (arrived == 0 || window.Seconds <= 0)
        {
            yield break;
        }

        var (number, law) = (within / window.Seconds, stays / window.Seconds);
        var edge = stays / arrived / window.Seconds;
        var figures = Text($"{number:0.###} requests on their way on average; {arrived / window.Seconds:0.###} sent per second for {stays / arrived:0.####} s each make {law:0.###}");
        yield return edge > 0.1
            ? new LoadAudit("little", null, false, figures + ": the run is too short against one answer to tell whether it was steady")
            : Math.Abs(number - law) <= Math.Max(0.1, edge) * law
            ? new LoadAudit("little", true, false, figures)
            : new LoadAudit("little", false, false, figures + ": their number grew, so the times depend on how long the run was");
    }

    // One event may hold several tokens, but every event with text was made of one at least.
    static IEnumerable<LoadAudit> Tokens(LoadResult result)
    {
        var (answers, tokens, events, less) = (0, 0L, 0L, 0);
        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var exchange = result.Exchanges[i];
            if (exchange is { Outcome: Outcome.Ok, IsTokenCountReported: true, Events: > 0 })
            {
                answers++;
                tokens += exchange.Tokens;
                events += exchange.Events;
                less += exchange.Tokens < exchange.Events ? 1 : 0;
            }
        }

        if (answers > 0)
        {
            yield return new LoadAudit("tokens", less <= answers / 100, false, Text(
                $"the service counts {tokens} tokens in {answers} answers of {events} events with text, {(double)tokens / events:0.###} to an event; {less} answers have fewer tokens than events"));
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
