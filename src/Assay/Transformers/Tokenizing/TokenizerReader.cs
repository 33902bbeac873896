using System.Globalization;
using System.Text.Json;

namespace Assay.Transformers.Tokenizing;

// tokenizer.json of the tokenizers library. What is not known is refused with the name of the part and of the kind found there.
sealed class TokenizerReader(JsonElement file, string name)
{
    public TokenizerParts Read()
    {
        try
        {
            var (preTokenizer, byteLevel) = new PreTokenizerReader(this).Read(Part(file, "pre_tokenizer"));
            var (bytesOf, leadingBlanks) = new DecoderReader(this).Read(Part(file, "decoder"), byteLevel);
            var model = new ModelReader(this, Part(file, "model") ?? throw Refused("model", "missing", "BPE"));
            var numbers = model.Numbers();
            var added = Added(numbers);
            var normalize = new NormalizerReader(this).Read(Part(file, "normalizer"));
            var (prefix, suffix) = new PostProcessorReader(this).Read(Part(file, "post_processor"));
            return new TokenizerParts
            {
                Model = model.Read(numbers, byteLevel),
                Vocabulary = new Vocabulary(numbers, added, bytesOf),
                RawTokens = new AddedTokens(added.Where(token => !token.Normalized)),
                NormalizedTokens = new AddedTokens(added.Where(token => token.Normalized).Select(token => token with { Content = normalize?.Invoke(token.Content) ?? token.Content })),
                Normalize = normalize,
                PreTokenizer = preTokenizer,
                Prefix = prefix,
                Suffix = suffix,
                LeadingBlanks = leadingBlanks,
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new UserErrorException($"{name}: the file is no whole tokenizer: {e.Message.TrimEnd('.')}. A tokenizer.json of a Hugging Face model is expected. Download it again.", e);
        }
    }

    public static JsonElement? Part(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static bool Flag(JsonElement element, string key, bool absent) => Part(element, key)?.GetBoolean() ?? absent;

    public static string Kind(JsonElement element) => Part(element, "type")?.GetString() ?? "";

    // The items of a Sequence, or the one thing itself.
    public static IEnumerable<JsonElement> Steps(JsonElement element, string key) =>
        Kind(element) == "Sequence" ? element.GetProperty(key).EnumerateArray().SelectMany(item => Steps(item, key)) : [element];

    public UserErrorException Refused(string part, string found, string expected) => new(
        $"{name}: '{part}' is {found}. Supported: {expected}. Choose a model whose tokenizer is a byte-level BPE, such as those of GPT-2, Llama 3, Qwen2 or SmolLM.");

    List<AddedToken> Added(Dictionary<string, int> numbers)
    {
        var added = new List<AddedToken>();
        foreach (var token in Part(file, "added_tokens")?.EnumerateArray().AsEnumerable() ?? [])
        {
            var content = token.GetProperty("content").GetString() ?? "";
            var special = Flag(token, "special", false);
            var id = numbers.TryGetValue(content, out var known) ? known : token.GetProperty("id").GetInt32();
            added.Add(new AddedToken(
                id is >= 0 and < ModelReader.MostTokens ? id : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the added token '{content}' has the number {id}")),
                content, special, Flag(token, "single_word", false), Flag(token, "lstrip", false), Flag(token, "rstrip", false), Flag(token, "normalized", !special)));
        }

        return added;
    }
}
