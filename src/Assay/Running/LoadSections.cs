using System.Collections.Immutable;
using System.Globalization;
using Assay.Load;
using Assay.Load.Audits;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>A load as it stands in a report. The same of a run and of its event log.</summary>
static class LoadSections
{
    /// <summary>The section and the estimates, whose slice is the profile.</summary>
    /// <param name="name">The profile.</param>
    /// <param name="result">What was measured.</param>
    /// <param name="model">The model's name in the estimates.</param>
    public static (LoadSection Section, ImmutableArray<Estimate> Estimates) Describe(string name, LoadResult result, string model)
    {
        var slice = new Dictionary<string, string> { ["load"] = name };
        var estimates = LoadEstimates.Compute(result, model).Select(estimate => estimate with { Slice = slice }).ToImmutableArray();
        var audits = LoadAudits.Of(result);
        var latency = LatencyDistribution.Of(result).Bins;
        var answered = latency.Sum(bin => (long)bin.Count);
        var seen = 0L;
        var section = new LoadSection(
            name,
            result.Arrivals.Description,
            result.Planned,
            result.Sent,
            result.Ok,
            result.Reasons.ToImmutableSortedDictionary(reason => reason.Key, reason => (long)reason.Value, StringComparer.Ordinal),
            result.Elapsed.TotalSeconds,
            result.Cancelled,
            [.. result.Slo.Select(target => Judge(target.Key, target.Value, estimates))],
            [.. latency.Select(bin => new CurvePoint(bin.High, (double)(seen += bin.Count) / answered))])
        {
            Validity = LoadAudits.Verdict(result, audits),
            Audits = [.. audits.Select(audit => new AuditSection(audit.Name, audit.Holds, audit.Figures))],
            MeasuredFrom = result.Warmup.TotalSeconds,
            MeasuredTo = Math.Max(0, (result.Window - result.Cooldown).TotalSeconds),
            Timeline = LoadTimeline.Of(result),
            Slowest = LoadTimeline.Slowest(result),
        };
        return (section, estimates);
    }

    /// <summary>Why the numbers do not say what was asked for; null when they do.</summary>
    public static string? Shortcoming(LoadSection section) =>
        section.Validity?.StartsWith("INVALID", StringComparison.Ordinal) == true ? $"load {section.Name} is {section.Validity}"
        : section.Cancelled ? $"load {section.Name} was ended before its time"
        : null;

    /// <summary>How far a load is, for a terminal.</summary>
    public static string Line(LoadProgress now)
    {
        var rate = now.Elapsed > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $", {now.Ok / now.Elapsed.TotalSeconds:0} ok/s") : "";
        var times = now.LatencyP50 is { } half ? $", p50 {NumberText.Seconds(half.TotalSeconds)} p99 {NumberText.Seconds(now.LatencyP99?.TotalSeconds)}" : "";
        return $"{now.Sent} sent, {now.InFlight} in flight, {now.Failed} failed{rate}{times}";
    }

    static SloSection Judge(string name, TimeSpan target, ImmutableArray<Estimate> estimates)
    {
        var measured = estimates.FirstOrDefault(estimate => Gate.Spelling(estimate.Metric) == name)?.Value;
        return new SloSection(name, target.TotalSeconds, measured, measured <= target.TotalSeconds);
    }
}
