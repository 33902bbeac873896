using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Results;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Comparing;

/// <summary>What is not the same in two runs besides their answers.</summary>
static class RunDifferences
{
    public static ImmutableArray<RunDifference> Of(RunHeader a, RunHeader b) =>
    [
        .. Differing("", new() { ["name"] = a.Name, ["command"] = a.Command, ["seed"] = $"{a.Seed}", ["data"] = a.DataHash ?? "", ["assay"] = a.AssayVersion },
            new() { ["name"] = b.Name, ["command"] = b.Command, ["seed"] = $"{b.Seed}", ["data"] = b.DataHash ?? "", ["assay"] = b.AssayVersion }),
        .. a.Spec == b.Spec ? [] : Specs(a.Spec, b.Spec),
        .. a.Environment == b.Environment ? [] : Environments(a.Environment, b.Environment),
    ];

    static IEnumerable<RunDifference> Specs(string a, string b) => Keys(a) is { } first && Keys(b) is { } second
        ? Differing("spec ", first, second)
        : Lines(a, b);

    // Not YAML with keys, such as the command line of 'assay eval': the words that stand in one only.
    static IEnumerable<RunDifference> Lines(string a, string b)
    {
        var (first, second) = (Words(a), Words(b));
        string[] lost = [.. first.Except(second)], won = [.. second.Except(first)];
        return lost.Length + won.Length == 0 ? [] : [new RunDifference("spec", Joined(lost), Joined(won))];
    }

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    static string? Joined(string[] words) => words.Length == 0 ? null : string.Join(' ', words);

    static Dictionary<string, string>? Keys(string yaml)
    {
        try
        {
            var keys = new Dictionary<string, string>(StringComparer.Ordinal);
            if (YamlText.Load(new StringReader(yaml)).Documents is [{ RootNode: YamlMappingNode root }])
            {
                Flatten(root, "", keys);
                return keys;
            }
        }
        catch (YamlException)
        {
            // What cannot be read as YAML is compared as text.
        }

        return null;
    }

    static void Flatten(YamlNode node, string path, Dictionary<string, string> keys)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children)
                {
                    Flatten(value, path.Length == 0 ? $"{key}" : $"{path}.{key}", keys);
                }

                break;
            case YamlSequenceNode list:
                foreach (var (i, item) in list.Children.Index())
                {
                    Flatten(item, $"{path}[{i}]", keys);
                }

                break;
            default:
                keys[path] = (node as YamlScalarNode)?.Value ?? "";
                break;
        }
    }

    static IEnumerable<RunDifference> Environments(string a, string b)
    {
        return Parsed(a) is { } first && Parsed(b) is { } second ? Differing("environment ", first, second) : [new RunDifference("environment", a, b)];

        static Dictionary<string, string>? Parsed(string text)
        {
            try
            {
                return (JsonNode.Parse(text) as JsonObject)?.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    static IEnumerable<RunDifference> Differing(string prefix, Dictionary<string, string> a, Dictionary<string, string> b) => a.Keys.Union(b.Keys)
        .Where(key => a.GetValueOrDefault(key) != b.GetValueOrDefault(key))
        .Select(key => new RunDifference(prefix + key, Known(a, key), Known(b, key)));

    static string? Known(Dictionary<string, string> values, string key) => values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;
}
