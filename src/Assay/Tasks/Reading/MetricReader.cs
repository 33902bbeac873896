using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Assay.Tasks.Reading;

/// <summary>The metric_list of a task.</summary>
static class MetricReader
{
    static readonly string[] _names = ["exact_match", "bleu", "chrf", "ter"];

    public static ImmutableArray<TaskMetric> Read(FieldReader task)
    {
        var metrics = ImmutableArray.CreateBuilder<TaskMetric>();
        foreach (var (item, fields) in task.Mappings("metric_list"))
        {
            var name = fields.Text("metric") ?? "exact_match";
            if (!_names.Contains(name))
            {
                task.Problems.Add(item.Problem($"the metric '{name}' is not supported.{NearestName.Hint(name, _names)} Supported: {string.Join(", ", _names)}."));
                continue;
            }

            if (metrics.Any(metric => metric.Name == name))
            {
                task.Problems.Add(item.Problem($"'{name}' stands twice in metric_list; the harness would keep one of them. Remove the other."));
            }

            metrics.Add(name == "exact_match" ? ExactMatch(fields) : Corpus(name, fields));
        }

        return metrics.Count == 0 ? [new TaskMetric { Name = "exact_match" }] : metrics.ToImmutable();
    }

    static TaskMetric ExactMatch(FieldReader fields)
    {
        CheckAggregation(fields, "exact_match", "mean");
        fields.Allow(
            "the metric 'exact_match'",
            "metric", "aggregation", "higher_is_better", "hf_evaluate", "ignore_case", "ignore_punctuation", "ignore_numbers", "regexes_to_ignore");
        return new TaskMetric { Name = "exact_match", HigherIsBetter = fields.Flag("higher_is_better", true), Options = Options(fields) };
    }

    // The harness gives these no options: they are sacrebleu's defaults.
    static TaskMetric Corpus(string name, FieldReader fields)
    {
        CheckAggregation(fields, name, name);
        fields.Allow($"the metric '{name}'", "metric", "aggregation", "higher_is_better");
        return new TaskMetric { Name = name, HigherIsBetter = fields.Flag("higher_is_better", name != "ter") };
    }

    static void CheckAggregation(FieldReader fields, string metric, string expected)
    {
        if (fields.Text("aggregation") is { } aggregation && aggregation != expected)
        {
            fields.Problems.Add(fields.Find("aggregation")!.Problem(
                $"the aggregation '{aggregation}' is not supported. Supported: {metric} with the aggregation {expected}."));
        }
    }

    static ExactMatchOptions Options(FieldReader fields) => new()
    {
        RegexesToIgnore = [.. (fields.Texts("regexes_to_ignore") ?? [])
            .Select(pattern => FilterReader.Compile(fields.Find("regexes_to_ignore")!, pattern, fields.Problems)).OfType<Regex>()],
        IgnoreCase = fields.Flag("ignore_case", false),
        IgnorePunctuation = fields.Flag("ignore_punctuation", false),
        IgnoreNumbers = fields.Flag("ignore_numbers", false),
    };
}
