using System.Text.Json;
using Assay.Models;

namespace Assay.Results.Interchange;

/// <summary>A sample of an inspect_ai log as a record.</summary>
static class InspectSample
{
    const int LongestTag = 60;
    const int MostTags = 16;

    public static Record Of(JsonElement sample, InspectHeader header)
    {
        var output = sample.Part("output");
        var choice = output.Part("choices").Items().Select(item => (JsonElement?)item).FirstOrDefault();
        var scores = sample.Part("scores").Keys().ToList();
        var usage = output.Part("usage");
        var (outcome, reason) = Outcome(sample, choice);
        return new Record
        {
            Id = sample.Text("id") ?? throw new UserErrorException("A sample of the log has no 'id'. Expected an EvalLog of inspect_ai, version 2."),
            Stage = "evaluate",
            Task = header.Task,
            Model = header.Model,
            Filter = "none",
            Repeat = header.HasEpochs ? sample.Part("epoch").Count() : null,
            Input = sample.Part("input").Node(),
            Target = Joined(sample.Part("target")),
            Output = output.Part("completion").Text() ?? Content(choice.Part("message").Part("content"), "text"),
            Reasoning = Content(choice.Part("message").Part("content"), "reasoning"),
            Answer = scores.Select(score => score.Value.Text("answer")).FirstOrDefault(answer => answer is not null),
            Outcome = outcome,
            Scores = scores.SelectMany(Values).ToDictionary(score => score.Name, score => score.Value, StringComparer.Ordinal),
            Tags = Tags(sample.Part("metadata")),
            Reason = reason,
            Seconds = sample.Part("total_time").Number() ?? output.Part("time").Number(),
            InputTokens = usage.Part("input_tokens").Count(),
            OutputTokens = usage.Part("output_tokens").Count(),
            Cost = usage.Part("total_cost").Number(),
        };
    }

    // Inspect's value_to_float: C, P, I and N are correct, partial, incorrect and no answer.
    static IEnumerable<(string Name, double Value)> Values(JsonProperty score)
    {
        var value = score.Value.Part("value");
        if (value is { ValueKind: JsonValueKind.Object })
        {
            return value.Keys().Select(part => ($"{score.Name}/{part.Name}", Value(part.Value))).Where(part => part.Item2 is not null).Select(part => (part.Item1, part.Item2!.Value));
        }

        return Value(value) is { } number ? [(score.Name, number)] : [];
    }

    static double? Value(JsonElement? value) => value.Text() switch
    {
        "C" or "yes" => 1,
        "P" => 0.5,
        "I" or "N" or "no" => 0,
        _ => value.Number(),
    };

    static (Outcome Outcome, string? Reason) Outcome(JsonElement sample, JsonElement? choice)
    {
        if (sample.Part("error") is { } error)
        {
            return (Models.Outcome.Error, error.Text("message") ?? "the sample failed");
        }

        if (sample.Part("limit") is { } limit)
        {
            var kind = limit.Text("type") ?? "unknown";
            return (kind is "time" or "working" ? Models.Outcome.Timeout : Models.Outcome.Truncated, $"the sample's limit: {kind}");
        }

        return choice.Part("stop_reason").Text() switch
        {
            "max_tokens" or "model_length" => (Models.Outcome.Truncated, "the answer was cut at its limit of tokens"),
            "content_filter" => (Models.Outcome.Refused, "a content filter"),
            _ => (Models.Outcome.Ok, null),
        };
    }

    static string? Joined(JsonElement? target) => target is { ValueKind: JsonValueKind.Array } several ? string.Join("\n", several.EnumerateArray().Select(item => ((JsonElement?)item).Text())) : target.Text();

    static string? Content(JsonElement? content, string type)
    {
        if (content is { ValueKind: JsonValueKind.String } text)
        {
            return type == "text" ? text.GetString() : null;
        }

        string?[] parts = [.. content.Items().Where(part => part.Text("type") == type).Select(part => part.Text(type))];
        return parts.Length == 0 ? null : string.Concat(parts);
    }

    static Dictionary<string, string>? Tags(JsonElement? metadata)
    {
        var tags = metadata.Keys().Select(key => (key.Name, Text: ((JsonElement?)key.Value).Text())).Where(tag => tag.Text is { Length: > 0 and <= LongestTag }).Take(MostTags)
            .ToDictionary(tag => tag.Name, tag => tag.Text!, StringComparer.Ordinal);
        return tags.Count == 0 ? null : tags;
    }
}
