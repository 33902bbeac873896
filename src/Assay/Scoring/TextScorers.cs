using System.Text.Json;
using Assay.Metrics;
using Assay.Tasks;

namespace Assay.Scoring;

/// <summary>Metrics of one answer by itself: the harness's <c>exact_match</c>, and Assay's own. Of several targets the best counts.</summary>
static class TextScorers
{
    static readonly Dictionary<string, Func<TaskMetric, Sample, string, double>> _scorers = new(StringComparer.Ordinal)
    {
        ["exact_match"] = (metric, sample, answer) => ExactMatch.Score(answer, sample.Targets.AsSpan(), metric.Options),
        ["contains"] = Contains,
        ["number"] = (metric, sample, answer) => Best(sample, target => AnswerNumber.AreEqual(answer, target, metric.Tolerance) ? 1 : 0),
        ["points"] = Points,
        ["token_f1"] = (_, sample, answer) => Best(sample, target => TokenF1.Score(answer, target)),
        ["valid_json"] = (_, _, answer) => IsJson(answer) ? 1 : 0,
        ["rouge1"] = (_, sample, answer) => Best(sample, target => Rouge.Ngrams(target, answer, 1).F),
        ["rouge2"] = (_, sample, answer) => Best(sample, target => Rouge.Ngrams(target, answer, 2).F),
        ["rougeL"] = (_, sample, answer) => Best(sample, target => Rouge.Longest(target, answer).F),
        ["rougeLsum"] = (_, sample, answer) => Best(sample, target => Rouge.LongestOfLines(target, answer).F),
    };

    public static double Score(TaskMetric metric, Sample sample, string answer) => _scorers[metric.Name](metric, sample, answer);

    static double Best(Sample sample, Func<string, double> score) => sample.Targets.Max(score);

    static double Contains(TaskMetric metric, Sample sample, string answer)
    {
        var normal = ExactMatch.Normalize(answer, metric.Options);
        return Best(sample, target => normal.Contains(ExactMatch.Normalize(target, metric.Options), StringComparison.Ordinal) ? 1 : 0);
    }

    static double Points(TaskMetric metric, Sample sample, string answer)
    {
        var each = metric.Points?.Of(sample.Document) switch
        {
            null when metric.Points is null => 1,
            long whole => whole,
            double number => number,
            string text when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            var other => throw new UserErrorException($"{sample.Document.Location}: 'points' gives '{other}'. Expected a number: what a right part of the answer is worth."),
        };
        return Best(sample, target => ExamPoints.Score(answer, target, each, metric.Incomplete));
    }

    static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
