using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Models;
using Assay.Scoring;
using Assay.Statistics;

namespace Assay.Results.Interchange;

/// <summary>
/// PandaLM's test set: pairs of answers with three human labels (0 tie, 1 the first, 2 the second), and a judge's verdicts on them.
/// A judge is held against the label that two people gave; a verdict that is neither 1, 2 nor a tie counts as a tie, as its authors count it.
/// </summary>
static class PandaLmLog
{
    const string Task = "pandalm";
    const string Annotators = "annotators";

    static readonly ImmutableArray<string> _labels = ["tie", "1", "2"];

    public static ImportedLog Read(IReadOnlyList<string> files)
    {
        var rows = files.SelectMany(file => JsonParts.Rows(file).Select((row, number) => (File: file, Number: number, Row: row.Clone()))).ToList();
        var pairs = rows.Where(row => row.Row.Part("annotator1") is not null).ToDictionary(row => Id(row.File, row.Number, row.Row), row => Pair.Of(row.File, row.Number, row.Row));
        if (pairs.Count == 0)
        {
            throw new UserErrorException($"{string.Join(", ", files)}: no row has annotator1, annotator2 and annotator3. Expected PandaLM's testset-v1.json beside the judge's verdicts. Name both files.");
        }

        var judged = rows.Where(row => row.Row.Part("gpt_result") is not null).GroupBy(row => Judge(row.File)).ToList();
        return new ImportedLog
        {
            Format = LogFormat.PandaLm,
            Records = judged.SelectMany(judge => judge.Select(row => Verdict(judge.Key, row.File, row.Number, row.Row, pairs))).ToList().ToAsyncEnumerable(),
            Figures = [.. Kappas([.. pairs.Values]), .. judged.SelectMany(judge => Agreement(judge.Key, [.. judge.Select(row => (pairs[Id(row.File, row.Number, row.Row)], Label(row.Row)))]))],
        };
    }

    static Record Verdict(string judge, string path, int number, JsonElement row, Dictionary<string, Pair> pairs)
    {
        var id = Id(path, number, row);
        if (!pairs.TryGetValue(id, out var pair))
        {
            throw new UserErrorException($"{path}: row {number + 1}: idx {id} is not in the test set. Expected verdicts on the same pairs.");
        }

        var text = row.Text("gpt_result")!;
        var isLabel = text is "1" or "2" || text.Equals("tie", StringComparison.OrdinalIgnoreCase);
        return new Record
        {
            Id = id,
            Stage = "evaluate",
            Task = Task,
            Model = judge,
            Filter = "none",
            Input = JsonValue.Create(pair.Question),
            Target = pair.Majority is { } majority ? _labels[majority] : null,
            Output = row.Text("gpt_reason") is { } reason ? $"{text}\n{reason}" : text,
            Answer = _labels[Label(row)],
            Outcome = isLabel ? Outcome.Ok : Outcome.WrongFormat,
            Scores = pair.Majority is { } label ? new Dictionary<string, double> { ["accuracy"] = label == Label(row) ? 1 : 0 } : [],
            Tags = pair.Tags,
            Reason = isLabel ? null : $"'{text}' is no verdict: it counts as a tie",
        };
    }

    static IEnumerable<Estimate> Kappas(Pair[] pairs)
    {
        foreach (var (first, second) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            var agreement = CohenKappa.Of([.. pairs.Select(pair => pair.Labels[first])], [.. pairs.Select(pair => pair.Labels[second])], _labels.Length);
            var estimate = new Estimate
            {
                Metric = FormattableString.Invariant($"kappa/{first + 1}_{second + 1}"),
                Definition = "kappa",
                Value = double.IsNaN(agreement.Value) ? null : agreement.Value,
                N = agreement.N,
                Stage = "evaluate",
                Task = Task,
                Model = Annotators,
                Filter = "none",
                Reason = agreement.Reason,
            };
            yield return agreement.Interval is { } interval ? estimate.With(interval) : estimate;
        }
    }

    static IEnumerable<Estimate> Agreement(string judge, (Pair Pair, int Label)[] verdicts)
    {
        (Pair Pair, int Label)[] decided = [.. verdicts.Where(verdict => verdict.Pair.Majority is not null)];
        var predictions = new ClassPredictions
        {
            Classes = _labels,
            Truth = [.. decided.Select(verdict => verdict.Pair.Majority!.Value)],
            Assigned = [.. decided.Select(verdict => verdict.Label)],
            Excluded = verdicts.Length - decided.Length,
        };
        return ClassificationEstimates.Compute(predictions, ["accuracy", "precision", "recall", "f1", "kappa"], new EstimateOptions())
            .Where(estimate => estimate.Metric is "accuracy" or "kappa" || estimate.Metric.EndsWith("/macro", StringComparison.Ordinal))
            .Select(estimate => estimate with { Stage = "evaluate", Task = Task, Model = judge, Filter = "none" });
    }

    static int Label(JsonElement row) => row.Text("gpt_result") switch
    {
        "1" => 1,
        "2" => 2,
        _ => 0,
    };

    static string Id(string path, int number, JsonElement row) => row.Text("idx") ?? throw JsonParts.Missing(path, number, "idx");

    // gpt-3.5-turbo-testset-v1.json
    static string Judge(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.IndexOf("-testset", StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;
    }

    sealed record Pair(int[] Labels, int? Majority, string Question, Dictionary<string, string>? Tags)
    {
        static readonly string[] _annotators = ["annotator1", "annotator2", "annotator3"];

        public static Pair Of(string path, int number, JsonElement row)
        {
            int[] labels = [.. _annotators.Select(key => row.Part(key).Count() is { } label and <= 2 ? label : throw JsonParts.Missing(path, number, key))];
            var majority = labels.GroupBy(label => label).FirstOrDefault(group => group.Count() >= 2)?.Key;
            var question = string.Join("\n\n", new[] { row.Text("instruction"), row.Text("input"), $"1: {row.Text("response1")}", $"2: {row.Text("response2")}" }.Where(part => part is { Length: > 0 }));
            return new Pair(labels, majority, question, row.Text("cmp_key") is { } key ? new Dictionary<string, string> { ["models"] = key } : null);
        }
    }
}
