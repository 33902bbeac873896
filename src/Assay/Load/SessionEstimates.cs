using Assay.Models;
using Assay.Statistics;

namespace Assay.Load;

/// <summary>
/// Whether sessions are served alike: Jain's index of their speeds, (sum x)^2 / (n sum x^2), from 1/n (one has all) to 1. A session's speed is
/// its tokens, or without tokens its requests, per second of waiting for answers. Source: Jain, Chiu and Hawe, DEC-TR-301, 1984.
/// </summary>
static class SessionEstimates
{
    public static IEnumerable<Estimate> Of(LoadResult result)
    {
        var window = LoadWindow.Of(result);
        var sessions = new Dictionary<int, (double Work, double Seconds)>();
        foreach (var exchange in result.Exchanges)
        {
            if (exchange.Session >= 0 && exchange.Outcome == Outcome.Ok && window.Contains(exchange))
            {
                var (work, seconds) = sessions.GetValueOrDefault(exchange.Session);
                sessions[exchange.Session] = (work + Math.Max(1, exchange.Tokens), seconds + exchange.ServiceTime.TotalSeconds);
            }
        }

        if (sessions.Count == 0)
        {
            yield break;
        }

        yield return LoadEstimates.Create("sessions", sessions.Count, sessions.Count, null, "a count: sessions with a good answer");
        yield return sessions.Count < 2
            ? LoadEstimates.Create("fairness", null, sessions.Count, null, "one session has nobody to share with")
            : LoadEstimates.Create("fairness", Jain([.. sessions.Values.Where(session => session.Seconds > 0).Select(session => session.Work / session.Seconds)]), sessions.Count, null, "Jain's index of this run's sessions, all of them");
    }

    internal static double Jain(ReadOnlySpan<double> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            sum += value;
            squares += value * value;
        }

        return sum * sum / (values.Length * squares);
    }
}
