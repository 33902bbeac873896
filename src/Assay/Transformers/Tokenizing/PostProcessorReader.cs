using System.Text.Json;

namespace Assay.Transformers.Tokenizing;

// 'post_processor' of tokenizer.json: the tokens before and after a single text.
sealed class PostProcessorReader(TokenizerReader reader)
{
    public (int[] Prefix, int[] Suffix) Read(JsonElement? part)
    {
        var prefix = new List<int>();
        var suffix = new List<int>();
        foreach (var step in part is { } element ? TokenizerReader.Steps(element, "processors") : [])
        {
            switch (TokenizerReader.Kind(step))
            {
                case "ByteLevel":
                    break;
                case "TemplateProcessing":
                    Template(step, prefix, suffix);
                    break;
                case var kind:
                    throw reader.Refused("post_processor", kind.Length == 0 ? "of no kind" : kind, "TemplateProcessing, ByteLevel, Sequence");
            }
        }

        return ([.. prefix], [.. suffix]);
    }

    static void Template(JsonElement step, List<int> prefix, List<int> suffix)
    {
        var target = prefix;
        foreach (var piece in step.GetProperty("single").EnumerateArray())
        {
            if (piece.TryGetProperty("Sequence", out _))
            {
                target = suffix;
            }
            else
            {
                var id = piece.GetProperty("SpecialToken").GetProperty("id").GetString() ?? "";
                var ids = step.GetProperty("special_tokens").GetProperty(id).GetProperty("ids").EnumerateArray().Select(number => number.GetInt32());
                target.AddRange(ids);
            }
        }
    }
}
