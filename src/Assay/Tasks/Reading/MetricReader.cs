using System.Collections.Immutable;

namespace Assay.Tasks.Reading;

/// <summary>The metric_list of a task.</summary>
static class MetricReader
{
    // By output type: the metrics, the first of them those of a task that names none, each with its one aggregation.
    static readonly Dictionary<OutputType, (string Name, string Aggregation)[]> _known = new()
    {
        [OutputType.GenerateUntil] =
        [
            ("exact_match", "mean"), ("bleu", "bleu"), ("chrf", "chrf"), ("ter", "ter"),

            // Assay's own; the harness has no metric of these names.
            ("number", "mean"), ("contains", "mean"), ("points", "mean"), ("token_f1", "mean"), ("valid_json", "mean"),
            ("rouge1", "mean"), ("rouge2", "mean"), ("rougeL", "mean"), ("rougeLsum", "mean"),
        ],
        [OutputType.MultipleChoice] =
        [
            ("acc", "mean"), ("acc_norm", "mean"), ("acc_bytes", "mean"), ("acc_mutual_info", "mean"), ("exact_match", "mean"),
            ("brier_score", "brier_score"), ("f1", "f1"), ("mcc", "matthews_corrcoef"),
        ],
        [OutputType.LogLikelihood] = [("perplexity", "perplexity"), ("acc", "mean")],
        [OutputType.LogLikelihoodRolling] =
            [("word_perplexity", "weighted_perplexity"), ("byte_perplexity", "weighted_perplexity"), ("bits_per_byte", "bits_per_byte")],
    };

    static readonly Dictionary<OutputType, int> _defaults = new()
    {
        [OutputType.GenerateUntil] = 1,
        [OutputType.MultipleChoice] = 2,
        [OutputType.LogLikelihood] = 2,
        [OutputType.LogLikelihoodRolling] = 3,
    };

    static readonly HashSet<string> _lowerIsBetter = ["ter", "brier_score", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte"];

    public static ImmutableArray<TaskMetric> Read(FieldReader task, OutputType type)
    {
        var known = _known[type];
        var metrics = ImmutableArray.CreateBuilder<TaskMetric>();
        foreach (var (item, fields) in task.Mappings("metric_list"))
        {
            var name = fields.Text("metric") ?? known[0].Name;
            if (!known.Any(metric => metric.Name == name))
            {
                string[] names = [.. known.Select(metric => metric.Name)];
                task.Problems.Add(item.Problem($"the metric '{name}' is not supported for this output_type.{NearestName.Hint(name, names)} Supported: {string.Join(", ", names)}."));
                continue;
            }

            if (metrics.Any(metric => metric.Name == name))
            {
                task.Problems.Add(item.Problem($"'{name}' stands twice in metric_list; the harness would keep one of them. Remove the other."));
            }

            CheckAggregation(fields, name, known.First(metric => metric.Name == name).Aggregation);
            metrics.Add(Metric(fields, name, type));
        }

        return metrics.Count == 0 ? [.. known.Take(_defaults[type]).Select(metric => Default(metric.Name))] : metrics.ToImmutable();
    }

    static TaskMetric Default(string name) => new() { Name = name, HigherIsBetter = !_lowerIsBetter.Contains(name) };

    static TaskMetric Metric(FieldReader fields, string name, OutputType type)
    {
        var compares = name is "exact_match" or "contains" && type == OutputType.GenerateUntil;
        fields.Allow($"the metric '{name}'", name switch
        {
            "exact_match" or "contains" when compares =>
                ["metric", "aggregation", "higher_is_better", "hf_evaluate", "ignore_case", "ignore_punctuation", "ignore_numbers", "regexes_to_ignore"],
            "number" => ["metric", "aggregation", "higher_is_better", "tolerance"],
            "points" => ["metric", "aggregation", "higher_is_better", "points", "incomplete"],

            // Of weight_by_size and average the harness takes no notice here.
            _ => ["metric", "aggregation", "higher_is_better", "weight_by_size", "average"],
        });
        return Default(name) with
        {
            HigherIsBetter = fields.Flag("higher_is_better", !_lowerIsBetter.Contains(name)),
            Options = compares ? Options(fields) : new ExactMatchOptions(),
            Tolerance = fields.Real("tolerance") ?? 0,
            Points = TaskFields.Field(fields, "points"),
            Incomplete = fields.Real("incomplete") ?? 0,
        };
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
        RegexesToIgnore = FilterReader.Expressions(fields, "regexes_to_ignore"),
        IgnoreCase = fields.Flag("ignore_case", false),
        IgnorePunctuation = fields.Flag("ignore_punctuation", false),
        IgnoreNumbers = fields.Flag("ignore_numbers", false),
    };
}
