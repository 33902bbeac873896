using System.Text.Json;

namespace Assay.Transformers.Tokenizing;

// 'normalizer' of tokenizer.json as one function; null where there is nothing to do.
sealed class NormalizerReader(TokenizerReader reader)
{
    public Func<string, string>? Read(JsonElement? part)
    {
        if (part is not { } element)
        {
            return null;
        }

        Func<string, string>[] steps = [.. TokenizerReader.Steps(element, "normalizers").Select(Step)];
        return steps.Length == 0 ? null : text => steps.Aggregate(text, (result, step) => step(result));
    }

    // {"pattern": {"String": "..."}, "content": "..."}
    public static (string Old, string New) Replacement(JsonElement step)
    {
        var old = step.GetProperty("pattern").GetProperty("String").GetString();
        return (string.IsNullOrEmpty(old) ? throw new FormatException("a Replace has an empty pattern") : old, step.GetProperty("content").GetString() ?? "");
    }

    Func<string, string> Step(JsonElement step)
    {
        switch (TokenizerReader.Kind(step))
        {
            case "NFC":
                return Nfc.Compose;
            case "Prepend":
                var prefix = step.GetProperty("prepend").GetString() ?? "";
                return text => text.Length == 0 ? text : prefix + text;
            case "Replace" when TokenizerReader.Part(step.GetProperty("pattern"), "String") is not null:
                var (old, replacement) = Replacement(step);
                return text => text.Replace(old, replacement, StringComparison.Ordinal);
            case var kind:
                throw reader.Refused("normalizer", kind.Length == 0 ? "of no kind" : kind == "Replace" ? "Replace by a regular expression" : kind, "NFC, Prepend, Replace of a text, Sequence");
        }
    }
}
