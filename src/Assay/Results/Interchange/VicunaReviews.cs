using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Models;
using Assay.Statistics;

namespace Assay.Results.Interchange;

/// <summary>
/// Reviews of the first Vicuna evaluation, <c>review_A_B.jsonl</c>: a judge gives two answers to a question a score each. The scores are
/// the authors' <c>score</c>; without it two numbers on the first line of the text, or after 'Assistant 1:' and 'Assistant 2:' further
/// down. Where the text says other scores than the authors took, the tag score_in_text says so. Figures: the sums, as published.
/// </summary>
static partial class VicunaReviews
{
    const string Task = "vicuna_eval";
    const string Metric = "judge_score";

    public static ImportedLog Read(IReadOnlyList<string> files)
    {
        List<Record> records = [.. files.SelectMany(OfFile)];
        return new ImportedLog
        {
            Format = LogFormat.Vicuna,
            Records = records.ToAsyncEnumerable(),
            Figures = [.. records.GroupBy(record => (record.Model, record.Filter)).Select(group => Sum(group.Key.Model, group.Key.Filter, [.. group]))],
        };
    }

    static IEnumerable<Record> OfFile(string path)
    {
        var names = Path.GetFileNameWithoutExtension(path).Split('_', 3);
        if (names is not ["review", var first, var second])
        {
            throw new UserErrorException($"'{path}' does not say which models were compared. Expected the name review_FIRST_SECOND.jsonl.");
        }

        return JsonParts.Rows(path).SelectMany((row, number) => Both(path, number, row, first, second));
    }

    static IEnumerable<Record> Both(string path, int number, JsonElement row, string first, string second)
    {
        var id = row.Text("question_id") ?? throw JsonParts.Missing(path, number, "question_id");
        var text = row.Text("text") ?? throw JsonParts.Missing(path, number, "text");
        var written = Scores(text);
        double[] taken = [.. row.Part("score").Items().Select(score => ((JsonElement?)score).Number()).OfType<double>()];
        var scores = taken is [var one, var two] ? (one, two) : written;
        var tag = scores is null || written is null ? "none" : scores == written ? "same" : "other";
        return [Of(first, second, scores?.First), Of(second, first, scores?.Second)];

        Record Of(string model, string other, double? score)
        {
            return new()
            {
                Id = id,
                Stage = "evaluate",
                Task = Task,
                Model = model,
                Filter = $"against {other}",
                Target = null,
                Output = text,
                Answer = score?.ToString("R", CultureInfo.InvariantCulture),
                Outcome = score is null ? Outcome.WrongFormat : Outcome.Ok,
                Scores = score is { } value ? new Dictionary<string, double> { [Metric] = value } : [],
                Tags = new Dictionary<string, string> { ["score_in_text"] = tag },
                Reason = score is null ? "the review has no two scores" : null,
            };
        }
    }

    static (double First, double Second)? Scores(string text)
    {
        var line = FirstLine().Match(text);
        var (first, second) = line.Success ? (line.Groups[1], line.Groups[2]) : (Last(text, "Assistant 1"), Last(text, "Assistant 2"));
        return first is { Success: true } && second is { Success: true } ? (Number(first), Number(second)) : null;
    }

    static Group? Last(string text, string name) => Named().Matches(text).LastOrDefault(match => match.Groups["name"].Value == name)?.Groups["score"];

    static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    static Estimate Sum(string model, string? filter, ImmutableArray<Record> records)
    {
        double[] scores = [.. records.SelectMany(record => record.Scores.Values)];
        var mean = MeanFigure.Of(
            new Estimate { Metric = $"{Metric}/sum", Definition = $"{Metric}/sum", N = scores.Length, Excluded = records.Length - scores.Length, Stage = "evaluate", Task = Task, Model = model, Filter = filter },
            scores);
        return mean with { Value = mean.Value * scores.Length, Low = mean.Low * scores.Length, High = mean.High * scores.Length };
    }

    [GeneratedRegex(@"\A\s*([0-9]+(?:\.[0-9]+)?)[ ,]+([0-9]+(?:\.[0-9]+)?)\s*(?:\n|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex FirstLine();

    [GeneratedRegex(@"^(?<name>Assistant [12]):[ \t]*(?<score>[0-9]+(?:\.[0-9]+)?)(?=[ \t\r/(]|$)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Named();
}
