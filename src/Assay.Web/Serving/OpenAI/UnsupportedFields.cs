using System.Text.Json;

namespace Assay.Web.Serving.OpenAI;

/// <summary>Fields of the protocol that would change the answer and are not there: to ignore them would be to answer another question.</summary>
static class UnsupportedFields
{
    static readonly (string Name, Func<JsonElement, bool> IsNeutral)[] _fields =
    [
        ("suffix", IsEmpty),
        ("best_of", value => IsNumber(value, 1)),
        ("logit_bias", IsEmpty),
        ("presence_penalty", value => IsNumber(value, 0)),
        ("frequency_penalty", value => IsNumber(value, 0)),
        ("repetition_penalty", value => IsNumber(value, 1)),
        ("min_p", value => IsNumber(value, 0)),
        ("tools", IsEmpty),
        ("functions", IsEmpty),
        ("response_format", value => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && type.ValueEquals("text")),
        ("guided_json", IsEmpty),
        ("guided_regex", IsEmpty),
        ("guided_choice", IsEmpty),
        ("prompt_logprobs", _ => false),
    ];

    /// <exception cref="ApiProblem">One of them is there and asks for something.</exception>
    public static void Refuse(RequestFields fields)
    {
        foreach (var (name, isNeutral) in _fields)
        {
            if (fields.Find(name) is { } value && !isNeutral(value))
            {
                throw ApiProblem.Wrong(name, $"'{name}' is not supported. Take it out.", "unsupported_parameter");
            }
        }
    }

    static bool IsNumber(JsonElement value, double neutral) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == neutral;

    static bool IsEmpty(JsonElement value) =>
        (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)
        || (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any())
        || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
}
