using System.Globalization;

namespace Assay.Reporting.Parts;

static class TrainingPart
{
    const int HistoryRows = 10;

    public static ReportPart? Of(Report report) => report.Training is not { } training
        ? null
        : new("training", "Training", [.. Facts(training)], [.. new[] { Layers(training), History(training) }.Where(table => !table.Rows.IsEmpty)]);

    static IEnumerable<ReportFact> Facts(TrainingSection training)
    {
        yield return new("model", training.Model);
        yield return new("inputs", NumberText.Count(training.Features));
        yield return new("layers", NumberText.Count(training.Layers.Length));
        yield return new("parameters", NumberText.Count(training.Parameters));
        yield return new("epochs", NumberText.Count(Epochs(training)));
        foreach (var series in training.History.Where(series => !series.Values.IsEmpty))
        {
            yield return new($"last {series.Name}", NumberText.Number(series.Values[^1]));
        }
    }

    static int Epochs(TrainingSection training) => training.History.Select(series => series.Values.Length).DefaultIfEmpty().Max();

    static ReportTable Layers(TrainingSection training) => new(
        "Layers",
        [new("layer"), new("what")],
        [.. training.Layers.Select((layer, index) => new ReportRow([NumberText.Count(index + 1), layer], IsBrief: false))]);

    // Ten epochs evenly spread, the last among them, tell the course of a long training.
    static ReportTable History(TrainingSection training)
    {
        var epochs = Epochs(training);
        var rows = Enumerable.Range(1, Math.Min(epochs, HistoryRows)).Select(row => (int)((long)row * epochs / Math.Min(epochs, HistoryRows)));
        return new(
            "History",
            [new("epoch"), .. training.History.Select(series => new ReportColumn(series.Name, IsNumber: true))],
            [.. rows.Select(epoch => new ReportRow(
                [epoch.ToString(CultureInfo.InvariantCulture), .. training.History.Select(series => (ReportCell)NumberText.Number(series.Values.ElementAtOrDefault(epoch - 1)))],
                IsBrief: false))]);
    }
}
