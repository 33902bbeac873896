using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

/// <summary>Small tokenizers: every byte is a token (its number is the byte), then the merges in order from 256 on.</summary>
static class Tokenizers
{
    static readonly string[] _flags = ["special", "lstrip", "rstrip", "single_word", "normalized"];

    public const string Gpt2 = """{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}""";

    // The patterns as the tokenizer.json of Llama 3 and of Qwen2 spell them.
    public static string Llama3 { get; } = Split(
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+");

    public static string Qwen2 { get; } = Split(
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+");

    public static string Split(string pattern, string behavior = "Isolated", bool invert = false) => $$"""
        {"type":"Sequence","pretokenizers":[
         {"type":"Split","pattern":{"Regex":{{JsonSerializer.Serialize(pattern)}}},"behavior":"{{behavior}}","invert":{{(invert ? "true" : "false")}}},
         {"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}
        """;

    public static Tokenizer Of(string preTokenizer = Gpt2, string[]? merges = null, Action<JsonObject>? change = null)
    {
        var file = File(preTokenizer, merges ?? []);
        change?.Invoke(file);
        return Tokenizer.Parse(Encoding.UTF8.GetBytes(file.ToJsonString()), "tokenizer.json");
    }

    public static JsonObject Added(int id, string content, params string[] flags) => new(
        _flags.Select(flag => KeyValuePair.Create(flag, (JsonNode?)flags.Contains(flag)))
            .Prepend(KeyValuePair.Create("content", (JsonNode?)content)).Prepend(KeyValuePair.Create("id", (JsonNode?)id)));

    public static string Characters(byte value) => value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174
        ? ((char)value).ToString()
        : ((char)(256 + Enumerable.Range(0, value).Count(lower => lower is < 33 or (> 126 and < 161) or 173))).ToString();

    public static string Spelled(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(Characters));

    static JsonObject File(string preTokenizer, string[] merges)
    {
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++)
        {
            vocabulary[Characters((byte)value)] = value;
        }

        foreach (var merge in merges)
        {
            vocabulary.TryAdd(merge.Replace(" ", "", StringComparison.Ordinal), vocabulary.Count);
        }

        return new JsonObject
        {
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse(preTokenizer),
            ["post_processor"] = null,
            ["decoder"] = JsonNode.Parse("""{"type":"ByteLevel"}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["unk_token"] = null,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
            },
        };
    }
}
