using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Transformers.Tokenizing;

// 'pre_tokenizer' of tokenizer.json.
sealed class PreTokenizerReader(TokenizerReader reader)
{
    const string Part = "pre_tokenizer";
    const string Supported = "Sequence, Digits, Split, ByteLevel";

    public (PreTokenizer? PreTokenizer, bool ByteLevel) Read(JsonElement? part)
    {
        var steps = new List<PreTokenizer>();
        var byteLevel = false;
        foreach (var step in part is { } element ? TokenizerReader.Steps(element, "pretokenizers") : [])
        {
            if (byteLevel)
            {
                throw reader.Refused(Part, $"{TokenizerReader.Kind(step)} after ByteLevel", "ByteLevel as the last step");
            }

            byteLevel = TokenizerReader.Kind(step) == "ByteLevel";
            steps.AddRange(Step(step));
        }

        return (steps.Count switch { 0 => null, 1 => steps[0], _ => new PreTokenizerSequence(steps) }, byteLevel);
    }

    IEnumerable<PreTokenizer> Step(JsonElement step) => TokenizerReader.Kind(step) switch
    {
        "Digits" => [new DigitSplit(TokenizerReader.Flag(step, "individual_digits", false))],
        "Split" => [new RegexSplit(Pattern(step), Behavior(step), TokenizerReader.Flag(step, "invert", false))],
        "ByteLevel" => ByteLevel(TokenizerReader.Flag(step, "add_prefix_space", true), TokenizerReader.Flag(step, "use_regex", true)),
        var kind => throw reader.Refused(Part, kind.Length == 0 ? "of no kind" : kind, Supported),
    };

    static IEnumerable<PreTokenizer> ByteLevel(bool prefix, bool useRegex)
    {
        if (prefix)
        {
            yield return new SpacePrefix();
        }

        if (useRegex)
        {
            yield return new RegexSplit(OnigurumaPattern.Compile(PublishedPatterns.Gpt2), SplitBehavior.Isolated, invert: false);
        }
    }

    Regex Pattern(JsonElement step)
    {
        var pattern = step.GetProperty("pattern");
        var text = TokenizerReader.Part(pattern, "Regex")?.GetString();
        try
        {
            return text is null ? new Regex(Regex.Escape(pattern.GetProperty("String").GetString() ?? ""), RegexOptions.CultureInvariant) : OnigurumaPattern.Compile(text);
        }
        catch (FormatException e)
        {
            throw reader.Refused($"{Part}.pattern", $"'{text}', which cannot be read ({e.Message})", "a regular expression of Oniguruma");
        }
    }

    SplitBehavior Behavior(JsonElement step)
    {
        var found = step.GetProperty("behavior").GetString() ?? "";
        return Enum.TryParse<SplitBehavior>(found, out var behavior) && Enum.IsDefined(behavior)
            ? behavior
            : throw reader.Refused($"{Part}.behavior", $"'{found}'", string.Join(", ", Enum.GetNames<SplitBehavior>()));
    }
}
