using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Results.Interchange;

/// <summary>
/// Annotations of AlpacaEval, an array of pairs. A preference of 1 is for the baseline, 2 for the model, between them how sure the
/// judge was; 0 and 1.5 are ties. Win rate: the mean of preference - 1, ties 0.5 (alpaca_eval/metrics, winrates).
/// </summary>
static class AlpacaEvalLog
{
    const string Metric = "win_rate";

    public static ImportedLog Read(IReadOnlyList<string> files)
    {
        List<Record> records = [.. files.SelectMany(file => JsonParts.Rows(file).Select((row, number) => Of(file, number, row)))];
        return new ImportedLog
        {
            Format = LogFormat.AlpacaEval,
            Records = records.ToAsyncEnumerable(),
            Figures = [.. records.GroupBy(record => (record.Model, record.Filter)).SelectMany(group => Figures(group.Key.Model, group.Key.Filter, [.. group]))],
        };
    }

    static Record Of(string path, int number, JsonElement row)
    {
        var preference = row.Part("preference").Number();
        return new Record
        {
            Id = number.ToString(CultureInfo.InvariantCulture),
            Stage = "evaluate",
            Task = "alpaca_eval",
            Model = row.Text("generator_2") ?? throw JsonParts.Missing(path, number, "generator_2"),
            Filter = row.Text("annotator") ?? "none",
            Input = JsonValue.Create(row.Text("instruction")),
            Target = null,
            Output = row.Text("output_2"),
            Reasoning = null,
            Answer = preference is null ? null : $"preference {preference.Value.ToString("R", CultureInfo.InvariantCulture)} over {row.Text("generator_1")}",
            Outcome = preference is null ? Outcome.WrongFormat : Outcome.Ok,
            Scores = preference is { } value ? new Dictionary<string, double> { [Metric] = Share(value) } : [],
            Tags = row.Text("dataset") is { } dataset ? new Dictionary<string, string> { ["dataset"] = dataset } : null,
            Reason = preference is null ? "the judge gave no preference" : null,
            Seconds = row.Part("time_per_example").Number(),
            Cost = row.Part("price_per_example").Number(),
        };
    }

    static double Share(double preference) => preference is 0 or 1.5 ? 0.5 : preference - 1;

    static ImmutableArray<Estimate> Figures(string model, string? filter, List<Record> records)
    {
        double[] shares = [.. records.Where(record => record.Scores.Count > 0).Select(record => record.Scores[Metric])];
        var estimate = new Estimate { Metric = Metric, Definition = Metric, N = shares.Length, Excluded = records.Count - shares.Length, Stage = "evaluate", Task = "alpaca_eval", Model = model, Filter = filter };
        return
        [
            MeanFigure.Of(estimate, shares), MeanFigure.StandardError(estimate, shares),
            Count("wins", shares.Count(share => share > 0.5)), Count("losses", shares.Count(share => share < 0.5)), Count("ties", shares.Count(share => share == 0.5)),
        ];

        Estimate Count(string name, int count)
        {
            return estimate with { Metric = $"{Metric}/{name}", Definition = $"{Metric}/{name}", Value = count, Reason = "a count, not an estimate" };
        }
    }
}
