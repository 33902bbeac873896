using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace Assay.Tasks.Reading;

/// <summary>The worked examples of a task. Rule: lm-evaluation-harness, config/task.py, FewshotConfig.</summary>
static class FewshotReader
{
    static readonly string[] _keys = ["sampler", "split", "samples", "doc_to_text", "doc_to_target", "doc_to_choice", "gen_prefix", "fewshot_delimiter", "target_delimiter", "num_fewshot"];

    public static FewshotOptions Read(FieldReader task)
    {
        var config = task.Find("fewshot_config") is null ? null : task.Mapping("fewshot_config");
        config?.Allow("fewshot_config", _keys);
        var named = config?.Text("split") ?? task.Text("fewshot_split");
        var samples = named is null && config?.Find("samples") is { } entry ? Samples(entry, task) : [];
        return new FewshotOptions
        {
            Count = (int)(config?.Integer("num_fewshot", 0) ?? task.Integer("num_fewshot", 0) ?? 0),
            Split = named ?? (samples.IsEmpty ? task.Text("training_split") ?? task.Text("validation_split") ?? task.Text("test_split") : null),
            Samples = samples,
            FirstN = Sampler(config),

            // As there: two names that are both absent are the same.
            MayHoldDocument = named == task.Text("test_split"),
            DocToText = Field(config, "doc_to_text"),
            DocToTarget = Field(config, "doc_to_target"),
            DocToChoice = Field(config, "doc_to_choice"),
            GenPrefix = Field(config, "gen_prefix"),
            TargetDelimiter = config?.Text("target_delimiter") ?? task.Text("target_delimiter") ?? " ",
            Delimiter = config?.Text("fewshot_delimiter") ?? task.Text("fewshot_delimiter") ?? "\n\n",
        };
    }

    static bool Sampler(FieldReader? config)
    {
        if (config?.Text("sampler") is not { } sampler || sampler is "default" or "first_n")
        {
            return config?.Text("sampler") == "first_n";
        }

        config.Problems.Add(config.Find("sampler")!.Problem($"unknown sampler '{sampler}'.{NearestName.Hint(sampler, ["default", "first_n"])} Known: default, first_n."));
        return false;
    }

    static DocumentField? Field(FieldReader? config, string key) => config?.Find(key) is null ? null : TaskFields.Field(config, key);

    static ImmutableArray<Document> Samples(YamlEntry entry, FieldReader task)
    {
        if (entry.Resolved is IReadOnlyList<object?> { Count: > 0 } rows && rows.All(row => row is IReadOnlyDictionary<string, object?>))
        {
            var places = ((YamlSequenceNode)entry.Value).Select(YamlValues.Line);
            return [.. rows.Zip(places, (row, line) => new Document($"{entry.File}:{line}", (IReadOnlyDictionary<string, object?>)row!))];
        }

        task.Problems.Add(entry.Expected("a list of mappings, one for each worked example"));
        return [];
    }
}
