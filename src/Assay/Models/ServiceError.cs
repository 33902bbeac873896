using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Assay.Models;

/// <summary>
/// What an error object amounts to as an HTTP status. Behind a gateway, and within a stream that has begun, a busy service can say so only in an answer of
/// status 200.
/// </summary>
static class ServiceError
{
    // Of OpenAI, Anthropic, Google, Azure, vLLM, llama.cpp and the gateways before them; in small letters, parted by underscores.
    static readonly FrozenDictionary<string, int> _names = new Dictionary<string, int>
    {
        ["rate_limit_exceeded"] = 429,
        ["rate_limit_error"] = 429,
        ["rate_limit_reached"] = 429,
        ["rate_limited"] = 429,
        ["too_many_requests"] = 429,
        ["resource_exhausted"] = 429,
        ["throttling"] = 429,
        ["overloaded"] = 503,
        ["overloaded_error"] = 503,
        ["engine_overloaded"] = 503,
        ["engine_overloaded_error"] = 503,
        ["server_overloaded"] = 503,
        ["model_overloaded"] = 503,
        ["slow_down"] = 503,
        ["unavailable"] = 503,
        ["unavailable_error"] = 503,
        ["service_unavailable"] = 503,
        ["service_unavailable_error"] = 503,
        ["server_error"] = 500,
        ["internal_error"] = 500,
        ["internal_server_error"] = 500,
        ["api_error"] = 500,
        ["timeout"] = 408,
        ["timeout_error"] = 408,
        ["request_timeout"] = 408,
        ["deadline_exceeded"] = 504,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Paying helps, waiting does not, although the status is 429.
    static readonly FrozenSet<string> _spent = FrozenSet.Create(StringComparer.Ordinal, "insufficient_quota", "billing_hard_limit_reached", "quota_exceeded");

    /// <summary>Whether the same request may well not meet the failure again.</summary>
    public static bool CanPass(int? status) => status is 408 or 409 or 425 or 429 or (>= 500 and < 600);

    /// <summary>A number or a name in <c>code</c>, <c>status</c> or <c>type</c>; null when none of them tells.</summary>
    public static int? StatusOf(JsonElement error) =>
        error.ValueKind != JsonValueKind.Object ? null : StatusOf(error, "code") ?? StatusOf(error, "status") ?? StatusOf(error, "type");

    /// <summary>What was paid for is used up.</summary>
    public static bool IsSpent(JsonElement error) => error.ValueKind == JsonValueKind.Object && (_spent.Contains(Name(error, "code")) || _spent.Contains(Name(error, "type")));

    static int? StatusOf(JsonElement error, string key)
    {
        var text = Name(error, key);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number is >= 400 and < 600 ? number : null
            : _names.TryGetValue(text, out var status) ? status : null;
    }

    static string Name(JsonElement error, string key) => !error.TryGetProperty(key, out var value) ? ""
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : value.ValueKind == JsonValueKind.String ? value.GetString()!.ToLowerInvariant().Replace('-', '_').Replace(' ', '_')
        : "";
}
