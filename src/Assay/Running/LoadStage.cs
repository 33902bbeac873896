using Assay.Data;
using Assay.Load;
using Assay.Models;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>Makes the load of a profile and puts what it measured into the report.</summary>
static class LoadStage
{
    /// <summary>Loads the served model with one-row requests made of the test rows.</summary>
    public static async Task<string> RunAsync(
        Spec spec, int index, RunServices services, ReportBuilder report, Table test, TrainedParts trained, IHostedModel hosted, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var client = await V2Client.ConnectAsync(http, hosted.Address, trained.Name, null, cancellationToken).ConfigureAwait(false);
        var target = V2Target.Of(client, test, spec.Seed) with { ServerProcessId = hosted.ProcessId };
        return await MeasureAsync(spec, index, services, report, target, trained.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those of a profile, with its part of the spec's seed.</summary>
    public static LoadOptions Options(Spec spec, int index) =>
        spec.Loads[index].Options with { Seed = new SeededRandom(spec.Seed).Derive(100 + (ulong)index).NextUInt64() };

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
        var options = Options(spec, index);
        var progress = new DirectProgress<LoadProgress>(now => services.Progress?.Report(new RunProgress($"load {profile.Name}", LoadSections.Line(now), Share(options, now))));
        var result = await (services.LoadElsewhere?.Invoke(index, options, progress, cancellationToken)
            ?? LoadGenerator.RunAsync(target, options, services.Time, progress, cancellationToken)).ConfigureAwait(false);
        services.OnLoad?.Invoke(profile.Name, result);
        var (section, estimates) = LoadSections.Describe(profile.Name, result, model);
        report.Add(estimates);
        report.Add(section);
        Judge(report, profile, section);

        // What a cancelled load measured is in the report; the run ends here.
        cancellationToken.ThrowIfCancellationRequested();
        return $"{section.Ok} of {section.Sent} requests ok in {NumberText.Seconds(result.Elapsed.TotalSeconds)}{(section.Validity is { } validity ? $", {validity.Split(':')[0]}" : "")}";
    }

    // A model that this run serves shares its machine: there the client's own part is a warning. Of a service the measurement is what was asked for.
    static void Judge(ReportBuilder report, LoadProfile profile, LoadSection section)
    {
        if (!section.Cancelled && LoadSections.Shortcoming(section) is { } shortcoming)
        {
            if (profile.Service is null)
            {
                report.Find("warning", shortcoming);
            }
            else
            {
                report.IsShort(shortcoming);
            }
        }
    }

    static double? Share(LoadOptions options, LoadProgress now)
    {
        var whole = (options.Duration ?? options.Arrivals.Length) + options.Warmup + options.Cooldown;
        return whole is null && options.Requests is null
            ? null
            : Math.Min(1, Math.Max(now.Elapsed / (whole ?? TimeSpan.MaxValue), (double)now.Sent / (options.Requests ?? int.MaxValue)));
    }
}
