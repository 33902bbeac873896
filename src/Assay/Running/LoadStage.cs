using System.Collections.Immutable;
using Assay.Data;
using Assay.Load;
using Assay.Models;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Loads the served model with one-row requests made of the test rows.</summary>
static class LoadStage
{
    public static async Task<string> RunAsync(
        Spec spec, int index, RunServices services, ReportBuilder report, Table test, TrainedParts trained, IHostedModel hosted, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var client = await V2Client.ConnectAsync(http, hosted.Address, trained.Name, null, cancellationToken).ConfigureAwait(false);
        var target = V2Target.Of(client, test, spec.Seed) with { ServerProcessId = hosted.ProcessId };
        return await MeasureAsync(spec, index, services, report, target, trained.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a profile of the spec and puts what it measured into the report.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="index">Of the profile.</param>
    /// <param name="services">Clock and progress.</param>
    /// <param name="report">Takes the figures.</param>
    /// <param name="target">Where the requests go.</param>
    /// <param name="model">The model's name in the figures.</param>
    /// <param name="cancellationToken">Ends the load early; what was measured is kept.</param>
    public static async Task<string> MeasureAsync(
        Spec spec, int index, RunServices services, ReportBuilder report, LoadTarget target, string model, CancellationToken cancellationToken)
    {
        var profile = spec.Loads[index];
        var options = profile.Options with { Seed = new SeededRandom(spec.Seed).Derive(100 + (ulong)index).NextUInt64() };
        var progress = new DirectProgress<LoadProgress>(now => services.Progress?.Report(new RunProgress(
            $"load {profile.Name}", $"{now.Sent} sent, {now.Failed} failed", Share(options, now))));
        var result = await LoadGenerator.RunAsync(target, options, services.Time, progress, cancellationToken).ConfigureAwait(false);
        var slice = new Dictionary<string, string> { ["load"] = profile.Name };
        var estimates = LoadEstimates.Compute(result, model).Select(estimate => estimate with { Slice = slice }).ToImmutableArray();
        report.Add(estimates);
        report.Add(Describe(profile.Name, result, estimates));

        // What a cancelled load measured is in the report; the run ends here.
        cancellationToken.ThrowIfCancellationRequested();
        return $"{result.Ok} of {result.Sent} requests ok in {NumberText.Seconds(result.Elapsed.TotalSeconds)}";
    }

    static double Share(LoadOptions options, LoadProgress now) =>
        Math.Min(1, Math.Max(now.Elapsed / (options.Duration ?? TimeSpan.MaxValue), (double)now.Sent / (options.Requests ?? int.MaxValue)));

    static LoadSection Describe(string name, LoadResult result, ImmutableArray<Estimate> estimates)
    {
        var latency = LatencyDistribution.Of(result).Bins;
        var answered = latency.Sum(bin => (long)bin.Count);
        var seen = 0L;
        return new LoadSection(
            name,
            result.Arrivals.Description,
            result.Planned,
            result.Sent,
            result.Ok,
            result.Reasons.ToImmutableSortedDictionary(reason => reason.Key, reason => (long)reason.Value, StringComparer.Ordinal),
            result.Elapsed.TotalSeconds,
            result.Cancelled,
            [.. result.Slo.Select(target => Judge(target.Key, target.Value, estimates))],
            [.. latency.Select(bin => new CurvePoint(bin.High, (double)(seen += bin.Count) / answered))]);
    }

    static SloSection Judge(string name, TimeSpan target, ImmutableArray<Estimate> estimates)
    {
        var measured = estimates.FirstOrDefault(estimate => Gate.Spelling(estimate.Metric) == name)?.Value;
        return new SloSection(name, target.TotalSeconds, measured, measured <= target.TotalSeconds);
    }
}
