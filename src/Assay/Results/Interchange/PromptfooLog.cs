using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Models;

namespace Assay.Results.Interchange;

/// <summary>promptfoo's output (version 3): one JSON file, or a result a line.</summary>
static class PromptfooLog
{
    public static IEnumerable<Record> Read(string path)
    {
        if (path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            var row = 0;
            foreach (var result in JsonParts.Rows(path))
            {
                yield return Of(path, row++, result, "promptfoo");
            }

            yield break;
        }

        using var file = File.OpenRead(path);
        using var log = JsonParts.Read(path, file);
        var task = log.RootElement.Part("config").Part("description").Text() ?? "promptfoo";
        if (log.RootElement.Part("results").Part("results") is not { ValueKind: JsonValueKind.Array } results)
        {
            throw new UserErrorException($"{path}: there is no 'results.results' in it. Expected what 'promptfoo eval --output x.json' writes.");
        }

        foreach (var (result, row) in results.EnumerateArray().Select((result, row) => (result, row)))
        {
            yield return Of(path, row, result, task);
        }
    }

    static Record Of(string path, int row, JsonElement result, string task)
    {
        var (outcome, reason) = Outcome(result);
        var output = Output(result.Part("response").Part("output"));
        var usage = result.Part("tokenUsage") ?? result.Part("response").Part("tokenUsage");
        return new Record
        {
            Id = result.Text("testIdx") ?? throw JsonParts.Missing(path, row, "testIdx"),
            Stage = "evaluate",
            Task = task,
            Model = result.Part("provider").Part("label").Text() is { Length: > 0 } label ? label : result.Part("provider").Part("id").Text() ?? result.Text("provider") ?? "unknown",
            Filter = string.Create(CultureInfo.InvariantCulture, $"prompt-{result.Part("promptIdx").Count() ?? 0}"),
            Input = Prompt(result.Part("prompt").Part("raw").Text() ?? result.Text("prompt")),
            Target = null,
            Output = output,
            Answer = output,
            Outcome = outcome,
            Scores = outcome == Models.Outcome.Error ? [] : Scores(result).DistinctBy(score => score.Key).ToDictionary(StringComparer.Ordinal),
            Tags = Tags(result.Part("testCase").Part("metadata")),
            Reason = reason,
            Seconds = result.Part("latencyMs").Number() / 1000,
            InputTokens = usage.Part("prompt").Count(),
            OutputTokens = usage.Part("completion").Count(),
            Cost = result.Part("cost").Number(),
        };
    }

    static IEnumerable<KeyValuePair<string, double>> Scores(JsonElement result)
    {
        if (result.Part("success").Number() is { } success)
        {
            yield return new("pass", success);
        }

        if (result.Part("score").Number() is { } score)
        {
            yield return new("score", score);
        }

        foreach (var named in result.Part("namedScores").Keys())
        {
            if (((JsonElement?)named.Value).Number() is { } value)
            {
                yield return new(named.Name, value);
            }
        }
    }

    // failureReason: 0 none, 1 an assertion, 2 an error. Failing an assertion is a score, not a failure of the call.
    static (Outcome Outcome, string? Reason) Outcome(JsonElement result) =>
        result.Part("failureReason").Number() == 2 || (result.Part("failureReason") is null && result.Text("error") is { Length: > 0 } && result.Part("response").Part("output") is null)
            ? (Models.Outcome.Error, result.Text("error") ?? "promptfoo tells no reason")
            : (Models.Outcome.Ok, result.Part("success").Number() == 0 ? result.Part("gradingResult").Part("reason").Text() : null);

    static string? Output(JsonElement? output) => output.Text() ?? output?.GetRawText();

    // A chat is told as JSON text.
    static JsonNode? Prompt(string? raw)
    {
        if (raw is null)
        {
            return null;
        }

        try
        {
            return raw.TrimStart().StartsWith('[') && JsonNode.Parse(raw, documentOptions: JsonParts.Options) is JsonArray chat ? chat : JsonValue.Create(raw);
        }
        catch (JsonException)
        {
            return JsonValue.Create(raw);
        }
    }

    static Dictionary<string, string>? Tags(JsonElement? metadata)
    {
        var tags = metadata.Keys().Select(key => (key.Name, Text: ((JsonElement?)key.Value).Text())).Where(tag => tag.Text is not null).ToDictionary(tag => tag.Name, tag => tag.Text!, StringComparer.Ordinal);
        return tags.Count == 0 ? null : tags;
    }
}
