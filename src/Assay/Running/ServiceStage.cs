using System.Globalization;
using Assay.Models;
using Assay.Reporting;
using Assay.Statistics;

namespace Assay.Running;

/// <summary>Sends the test rows through the network and holds every answer against the one made in process.</summary>
static class ServiceStage
{
    static readonly Dictionary<string, string> _none = [];

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
        var section = Compare(tested.Outputs, served.Outputs, MetricsEqual(report.Estimates, estimates));
        report.Add(estimates);
        report.Add(Parity(tested.Outputs, served.Outputs).Select(estimate => estimate with { Stage = "service", Model = trained.Name }));
        if (section.DifferentLabels > 0 || !section.MetricsEqual)
        {
            report.Find("warning", $"the service does not answer as the model does in process: {section.DifferentLabels} of {section.Rows} answers differ, largest difference {Text(section.LargestDifference)}");
        }

        return section;
    }

    public static string Summary(ServiceSection section) =>
        $"{section.Rows} rows through the network: largest difference {Text(section.LargestDifference)}, {section.DifferentLabels} answers differ, metrics {(section.MetricsEqual ? "equal" : "differ")}";

    /// <summary>The served version of a part, as <see cref="IModelHost.StartAsync"/> numbers them.</summary>
    public static string Version(TrainedParts trained, TrainedPart part) => (trained.Parts.IndexOf(part) + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>How far the answers of both are apart, as figures.</summary>
    public static IEnumerable<Estimate> Parity(TestedOutputs inProcess, TestedOutputs served)
    {
        var section = Compare(inProcess, served, metricsEqual: false);
        return [Parity("largest_difference", section.LargestDifference, section.Rows), Parity(inProcess is TestedClasses ? "different_labels" : "different_rows", section.DifferentLabels, section.Rows)];
    }

    static ServiceSection Compare(TestedOutputs inProcess, TestedOutputs served, bool metricsEqual)
    {
        var (differences, different) = (inProcess, served) switch
        {
            (TestedClasses a, TestedClasses b) => (
                a.Predictions.Probabilities.Zip(b.Predictions.Probabilities, (x, y) => Math.Abs((double)x - y)),
                a.Predictions.Predicted.Zip(b.Predictions.Predicted).Count(pair => pair.First != pair.Second)),
            (TestedNumbers a, TestedNumbers b) => (
                a.Predictions.Zip(b.Predictions).SelectMany(target => target.First.Predicted.Zip(target.Second.Predicted, (x, y) => Math.Abs(x - y))),
                Enumerable.Range(0, a.N).Count(row => a.Predictions.Zip(b.Predictions).Any(target => target.First.Predicted[row] != target.Second.Predicted[row]))),
            _ => throw new InvalidOperationException("A model answers with one kind of output."),
        };
        return new ServiceSection("v2", served.N, differences.DefaultIfEmpty().Max(), different, metricsEqual);
    }

    static bool MetricsEqual(IEnumerable<Estimate> all, IEnumerable<Estimate> service) => service.All(estimate =>
        all.First(other => other.Stage == "evaluate" && SameSlice(other, estimate) && other.Metric == estimate.Metric).Value == estimate.Value);

    static bool SameSlice(Estimate a, Estimate b) => (a.Slice ?? _none).SequenceEqual(b.Slice ?? _none);

    static Estimate Parity(string name, double value, long rows) => new()
    {
        Metric = $"parity/{name}",
        Definition = $"parity/{name}",
        Value = value,
        N = rows,
        Reason = "counted over all rows, not estimated: no interval",
    };

    static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
