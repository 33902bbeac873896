using System.Globalization;
using System.Text.Json;

namespace Assay.Transformers.Tokenizing;

// 'model' of tokenizer.json: vocabulary and merges of BPE.
sealed class ModelReader(TokenizerReader reader, JsonElement model)
{
    // Ten times the largest vocabulary in use; a damaged number would take all memory.
    public const int MostTokens = 4_000_000;

    public Dictionary<string, int> Numbers()
    {
        var kind = TokenizerReader.Kind(model);
        if (kind != "BPE" && !(kind.Length == 0 && TokenizerReader.Part(model, "merges") is not null))
        {
            throw reader.Refused("model", kind.Length == 0 ? "of no kind" : kind, "BPE");
        }

        foreach (var key in new[] { "continuing_subword_prefix", "end_of_word_suffix", "dropout" })
        {
            if (TokenizerReader.Part(model, key) is { } value && value.ToString() is not ("" or "0" or "0.0"))
            {
                throw reader.Refused($"model.{key}", value.ToString(), "none");
            }
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in model.GetProperty("vocab").EnumerateObject())
        {
            var id = entry.Value.GetInt32();
            numbers[entry.Name] = id is >= 0 and < MostTokens
                ? id
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the token '{entry.Name}' has the number {id}"));
        }

        return numbers;
    }

    public BytePairModel Read(Dictionary<string, int> numbers, bool byteLevel)
    {
        var merges = Merges(numbers);
        var whole = TokenizerReader.Flag(model, "ignore_merges", false) ? new Dictionary<string, int>(numbers, StringComparer.Ordinal) : null;
        if (byteLevel)
        {
            return new ByteLevelModel(merges, BytesAs(numbers, value => ByteAlphabet.CharacterOf(value).ToString()), whole);
        }

        var fallback = TokenizerReader.Flag(model, "byte_fallback", false)
            ? BytesAs(numbers, value => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"))
            : null;
        int? unknown = TokenizerReader.Part(model, "unk_token")?.GetString() is { } text ? Number(numbers, text) : null;
        return whole is null
            ? new CharacterModel(merges, new Dictionary<string, int>(numbers, StringComparer.Ordinal), fallback, unknown, TokenizerReader.Flag(model, "fuse_unk", false))
            : throw reader.Refused("model.ignore_merges", "true", "false without a ByteLevel pre-tokenizer");
    }

    static int[] BytesAs(Dictionary<string, int> numbers, Func<byte, string> text) =>
        [.. Enumerable.Range(0, 256).Select(value => Number(numbers, text((byte)value)))];

    MergeTable Merges(Dictionary<string, int> numbers)
    {
        var merges = model.GetProperty("merges");
        var table = new MergeTable(merges.GetArrayLength());
        var rank = 0;
        foreach (var merge in merges.EnumerateArray())
        {
            var (left, right) = Pair(merge);
            table.Set(Number(numbers, left), Number(numbers, right), rank++, Number(numbers, left + right));
        }

        return table;
    }

    static (string Left, string Right) Pair(JsonElement merge)
    {
        if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2)
        {
            return (merge[0].GetString() ?? "", merge[1].GetString() ?? "");
        }

        var text = merge.ValueKind == JsonValueKind.String ? merge.GetString()! : "";
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 ? (text[..blank], text[(blank + 1)..]) : throw new FormatException($"the merge {merge.GetRawText()} is no pair of tokens");
    }

    static int Number(Dictionary<string, int> numbers, string text) =>
        numbers.TryGetValue(text, out var id) ? id : throw new FormatException($"the token '{text}' is not in the vocabulary");
}
