using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>The first line of a journal: all that the result of a study depends on, but for the objective and the number of trials.</summary>
static class StudyHeader
{
    const int Version = 1;

    public static JsonObject Of(StudyOptions options) => new()
    {
        ["journal"] = "assay study",
        ["version"] = Version,
        ["subject"] = options.Subject,
        ["seed"] = options.Seed,
        ["direction"] = options.Direction == Direction.Minimise ? "minimise" : "maximise",
        ["window"] = options.Window,
        ["sampler"] = options.Sampler.Describe(),
        ["pruner"] = options.Pruner.Describe(),
        ["space"] = new JsonArray([.. options.Space.Parameters.Select(Describe)]),
        ["default"] = options.Default is { } start ? ToJson(start) : null,
    };

    /// <summary>Refuses the journal of another study, and names the first thing that differs.</summary>
    public static void Check(string path, JsonObject? found, JsonObject expected)
    {
        // Through text, as the one that was read: numbers compare alike then.
        if (found?["journal"]?.ToJsonString() != expected["journal"]!.ToJsonString())
        {
            throw new UserErrorException($"{path} is not the journal of a study. Its first line must be a JSON object with \"journal\": \"assay study\". Give another journal path.");
        }

        if (Difference("", found, JsonNode.Parse(expected.ToJsonString())) is { } difference)
        {
            throw new UserErrorException($"{path} is the journal of another study: {difference}. Continue with the same options, or give another journal path.");
        }
    }

    public static JsonObject ToJson(ImmutableSortedDictionary<string, ParameterValue> setting) =>
        new(setting.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Choice.ToJson(pair.Value))));

    public static ImmutableSortedDictionary<string, ParameterValue> ToSetting(JsonObject json) => Setting.Empty.AddRange(json.Select(pair =>
        KeyValuePair.Create(pair.Key, pair.Value!.GetValueKind() == System.Text.Json.JsonValueKind.String
            ? new ParameterValue(pair.Value.GetValue<string>())
            : new ParameterValue(pair.Value.GetValue<double>()))));

    static JsonNode Describe(SearchParameter parameter)
    {
        var description = parameter.Describe();
        description.Insert(0, "name", parameter.Name);
        if (parameter.When is { } condition)
        {
            description["when"] = condition.Describe();
        }

        return description;
    }

    static string? Difference(string path, JsonNode? found, JsonNode? expected) => (found, expected) switch
    {
        (JsonObject one, JsonObject two) => two.Select(pair => pair.Key).Union(one.Select(pair => pair.Key))
            .Select(key => Difference(path.Length == 0 ? key : $"{path}.{key}", one[key], two[key])).FirstOrDefault(difference => difference is not null),
        (JsonArray one, JsonArray two) when one.Count == two.Count => one.Zip(two)
            .Select((pair, i) => Difference($"{path}[{i}]", pair.First, pair.Second)).FirstOrDefault(difference => difference is not null),
        _ => JsonNode.DeepEquals(found, expected) ? null : $"its {path} is {Text(found)}, that of this study is {Text(expected)}",
    };

    static string Text(JsonNode? node) => node?.ToJsonString() ?? "absent";
}
