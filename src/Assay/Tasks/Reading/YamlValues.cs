using Assay.Tasks.Templates;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary>YAML nodes as the values of a template.</summary>
static class YamlValues
{
    public static object? Of(YamlNode node) => node switch
    {
        YamlScalarNode scalar => YamlScalars.Resolve(scalar),
        YamlSequenceNode sequence => sequence.Select(Of).ToList(),
        YamlMappingNode mapping => Entries(mapping).Aggregate(
            new OrderedDictionary<string, object?>(StringComparer.Ordinal),
            (values, entry) =>
            {
                values[Key(entry.Key)] = Of(entry.Value);
                return values;
            }),
        _ => null,
    };

    /// <summary>The entries of a mapping, those merged in by <c>&lt;&lt;</c> before its own.</summary>
    public static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(YamlMappingNode mapping)
    {
        foreach (var (_, merged) in mapping.Where(entry => IsMerge(entry.Key)))
        {
            // Of several merged mappings the first wins, so it comes last.
            var sources = merged is YamlSequenceNode several ? several.Reverse() : [merged];
            foreach (var entry in sources.OfType<YamlMappingNode>().SelectMany(Entries))
            {
                yield return entry;
            }
        }

        foreach (var entry in mapping.Where(entry => !IsMerge(entry.Key)))
        {
            yield return entry;
        }
    }

    public static string Key(YamlNode key) => key is YamlScalarNode scalar ? PythonText.Str(YamlScalars.Resolve(scalar)) : key.ToString();

    public static int Line(YamlNode node) => (int)node.Start.Line;

    static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: YamlDotNet.Core.ScalarStyle.Plain };
}
