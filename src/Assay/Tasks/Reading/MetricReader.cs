using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Assay.Tasks.Reading;

/// <summary>The metric_list of a task.</summary>
static class MetricReader
{
    const string Supported = "Supported: exact_match with the aggregation mean";

    public static ImmutableArray<TaskMetric> Read(FieldReader task)
    {
        var metrics = ImmutableArray.CreateBuilder<TaskMetric>();
        foreach (var (item, fields) in task.Mappings("metric_list"))
        {
            if (fields.Text("metric") is not "exact_match" and var name)
            {
                task.Problems.Add(item.Problem($"the metric '{name}' is not supported.{NearestName.Hint(name ?? "", ["exact_match"])} {Supported}."));
                continue;
            }

            if (metrics.Count > 0)
            {
                task.Problems.Add(item.Problem("'exact_match' stands twice in metric_list; the harness would keep one of them. Remove the other."));
            }

            if (fields.Text("aggregation") is { } aggregation and not "mean")
            {
                task.Problems.Add(fields.Find("aggregation")!.Problem($"the aggregation '{aggregation}' is not supported. {Supported}."));
            }

            fields.Allow(
                "the metric 'exact_match'",
                "metric", "aggregation", "higher_is_better", "hf_evaluate", "ignore_case", "ignore_punctuation", "ignore_numbers", "regexes_to_ignore");
            metrics.Add(new TaskMetric { Name = "exact_match", HigherIsBetter = fields.Flag("higher_is_better", true), Options = Options(fields) });
        }

        return metrics.Count == 0 ? [new TaskMetric { Name = "exact_match" }] : metrics.ToImmutable();
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
