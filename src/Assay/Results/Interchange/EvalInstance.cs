using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Models;

namespace Assay.Results.Interchange;

/// <summary>A sample as lines of Every Eval Ever's instance_level_eval schema, one a metric.</summary>
static class EvalInstance
{
    static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    static readonly string[] _lowerIsBetter =
    [
        "ter", "wer", "brier", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "log_loss", "loss", "mae", "mse", "rmse", "ece", "mce", "zero_one_loss",
    ];

    public static bool IsLowerBetter(string metric) => _lowerIsBetter.Contains(metric.Split('/')[0]);

    public static IEnumerable<string> Lines(EveryEvalEver.EvalFile file, Record record) =>
        record.Scores.Where(score => double.IsFinite(score.Value)).Select(score => Line(file, record, score.Key, score.Value).ToJsonString(_json));

    static JsonObject Line(EveryEvalEver.EvalFile file, Record record, string metric, double score)
    {
        var input = record.Input is JsonValue value && value.TryGetValue<string>(out var text) ? text : record.Input?.ToJsonString(_json) ?? "";
        var line = new JsonObject
        {
            ["schema_version"] = "0.3.0",
            ["evaluation_id"] = file.EvaluationId,
            ["model_id"] = file.Model,
            ["evaluation_name"] = record.Task ?? file.Run.Name,
            ["evaluation_result_id"] = EveryEvalEver.EvalFile.ResultId(record.Task, record.Filter, metric),
            ["sample_id"] = record.Repeat is { } repeat ? FormattableString.Invariant($"{record.Id}#{repeat}") : record.Id,
            ["sample_hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input + record.Target))),
            ["interaction_type"] = "single_turn",
            ["input"] = new JsonObject { ["raw"] = input, ["reference"] = new JsonArray([.. Texts(record.Target)]) },
            ["output"] = new JsonObject { ["raw"] = new JsonArray([.. Texts(record.Output)]) },
            ["answer_attribution"] = new JsonArray([.. Attribution(record)]),
            ["evaluation"] = new JsonObject { ["score"] = score, ["is_correct"] = score == 1 },
        };
        if (record.Reasoning is { } reasoning)
        {
            line["output"]!["reasoning_trace"] = new JsonArray(reasoning);
        }

        if (record is { InputTokens: { } inputs, OutputTokens: { } outputs })
        {
            line["token_usage"] = new JsonObject { ["input_tokens"] = inputs, ["output_tokens"] = outputs, ["total_tokens"] = inputs + outputs };
        }

        if (record.Seconds is { } seconds)
        {
            line["performance"] = new JsonObject { ["latency_ms"] = seconds * 1000 };
        }

        if (record.Outcome != Outcome.Ok)
        {
            line["error"] = record.Reason is null ? OutcomeName.Of(record.Outcome) : $"{OutcomeName.Of(record.Outcome)}: {record.Reason}";
        }

        if (record.Tags is { } tags)
        {
            line["metadata"] = new JsonObject(tags.Select(tag => KeyValuePair.Create<string, JsonNode?>(tag.Key, tag.Value)));
        }

        return line;
    }

    static IEnumerable<JsonNode?> Texts(string? text) => text is null ? [] : [JsonValue.Create(text)];

    static IEnumerable<JsonNode?> Attribution(Record record) => record.Answer is not { } answer
        ? []
        : [new JsonObject { ["turn_idx"] = 0, ["source"] = "output.raw", ["extracted_value"] = answer, ["extraction_method"] = record.Filter ?? "none", ["is_terminal"] = true }];
}
