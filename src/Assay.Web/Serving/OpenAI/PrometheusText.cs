using System.Globalization;
using System.Text;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>The metrics in Prometheus' text form, version 0.0.4, under vLLM's names (vllm/v1/metrics/loggers.py), old and new.</summary>
sealed class PrometheusText(string model)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    readonly StringBuilder _text = new(16 * 1024);
    readonly string _label = $"model_name=\"{Escape(model)}\"";

    public static string Of(string model, EngineStatistics now, ServingMetrics metrics)
    {
        var text = new PrometheusText(model);
        text.Write(now, metrics);
        return text._text.ToString();
    }

    void Write(EngineStatistics now, ServingMetrics metrics)
    {
        Value("num_requests_running", "gauge", "Answers being generated.", now.Running);
        Value("num_requests_waiting", "gauge", "Requests in the queue.", now.Waiting);
        Value("kv_cache_usage_perc", "gauge", "Share of the KV cache in use; 1 is all.", now.CacheUse);
        Value("gpu_cache_usage_perc", "gauge", "The same under its old name.", now.CacheUse);
        Value("prompt_tokens_total", "counter", "Tokens of prompts taken in.", now.PromptTokens);
        Value("generation_tokens_total", "counter", "Tokens generated.", now.GeneratedTokens);
        Value("prefix_cache_queries_total", "counter", "Tokens of prompts looked for in the prefix cache.", now.PrefixQueries);
        Value("prefix_cache_hits_total", "counter", "Tokens of prompts found there.", now.PrefixHits);
        Bins("time_to_first_token_seconds", "From the request to the first token.", metrics.TimeToFirstToken);
        Bins("inter_token_latency_seconds", "Between two tokens of an answer.", metrics.BetweenTokens);
        Bins("time_per_output_token_seconds", "Mean between the tokens of an answer.", metrics.TimePerOutputToken);
        Bins("e2e_request_latency_seconds", "From the request to the last token.", metrics.WholeAnswer);
        Head("request_success_total", "counter", "Answers by why they ended.");
        foreach (var (reason, count) in metrics.Finished)
        {
            Line($"request_success_total{{{_label},finished_reason=\"{reason}\"}}", count);
        }
    }

    void Head(string name, string type, string help) => _text.Append(CultureInfo.InvariantCulture, $"# HELP vllm:{name} {help}\n# TYPE vllm:{name} {type}\n");

    void Line(string name, double value) => _text.Append(CultureInfo.InvariantCulture, $"vllm:{name} {value}\n");

    void Value(string name, string type, string help, double value)
    {
        Head(name, type, help);
        Line($"{name}{{{_label}}}", value);
    }

    void Bins(string name, string help, Histogram histogram)
    {
        Head(name, "histogram", help);
        var bins = histogram.Read(out var sum);
        foreach (var (bound, count) in bins)
        {
            Line($"{name}_bucket{{{_label},le=\"{(double.IsInfinity(bound) ? "+Inf" : bound.ToString(CultureInfo.InvariantCulture))}\"}}", count);
        }

        Line($"{name}_sum{{{_label}}}", sum);
        Line($"{name}_count{{{_label}}}", bins[^1].Count);
    }

    static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
