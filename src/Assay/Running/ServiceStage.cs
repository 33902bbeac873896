using System.Globalization;
using Assay.Models;
using Assay.Reporting;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Sends the test rows through the network and holds every answer against the one made in process.</summary>
static class ServiceStage
{
    public static async Task<ServiceSection> RunAsync(
        Spec spec, ReportBuilder report, Recorder recorder, PreparedTable data, TrainedParts trained, Tested tested, IHostedModel hosted, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var served = await Tested.PredictAsync(data, trained.Parts, async part =>
        {
            var client = await V2Client.ConnectAsync(http, hosted.Address, trained.Name, Version(trained, part), cancellationToken).ConfigureAwait(false);
            return await client.PredictAsync(data.Table.Select(part.Split.Test), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        var estimates = (await EvaluateStage.JudgeAsync(spec, recorder, data, trained, served, "service", cancellationToken).ConfigureAwait(false)).ToList();
        var section = Compare(tested.Predictions, served.Predictions, MetricsEqual(report.Estimates, estimates));
        report.Add(estimates);
        report.Add([Parity("largest_difference", section.LargestDifference, section.Rows, trained), Parity("different_labels", section.DifferentLabels, section.Rows, trained)]);
        if (section.DifferentLabels > 0 || !section.MetricsEqual)
        {
            report.Find("warning", $"the service does not answer as the model does in process: {section.DifferentLabels} of {section.Rows} labels differ, largest difference of a probability {Text(section.LargestDifference)}");
        }

        return section;
    }

    public static string Summary(ServiceSection section) =>
        $"{section.Rows} rows through the network: largest difference {Text(section.LargestDifference)}, {section.DifferentLabels} labels differ, metrics {(section.MetricsEqual ? "equal" : "differ")}";

    /// <summary>The served version of a part, as <see cref="IModelHost.StartAsync"/> numbers them.</summary>
    public static string Version(TrainedParts trained, TrainedPart part) => (trained.Parts.IndexOf(part) + 1).ToString(CultureInfo.InvariantCulture);

    static ServiceSection Compare(ClassPredictions inProcess, ClassPredictions served, bool metricsEqual)
    {
        var differences = inProcess.Probabilities.Zip(served.Probabilities, (a, b) => Math.Abs((double)a - b));
        var labels = inProcess.Predicted.Zip(served.Predicted).Count(pair => pair.First != pair.Second);
        return new ServiceSection("v2", served.Truth.Length, differences.DefaultIfEmpty().Max(), labels, metricsEqual);
    }

    static bool MetricsEqual(IEnumerable<Estimate> all, IEnumerable<Estimate> service) => service.All(estimate =>
        all.First(other => other.Stage == "evaluate" && other.Slice is null && other.Metric == estimate.Metric).Value == estimate.Value);

    static Estimate Parity(string name, double value, long rows, TrainedParts trained) => new()
    {
        Metric = $"parity/{name}",
        Definition = $"parity/{name}",
        Value = value,
        N = rows,
        Stage = "service",
        Model = trained.Name,
        Reason = "counted over all rows, not estimated: no interval",
    };

    static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
