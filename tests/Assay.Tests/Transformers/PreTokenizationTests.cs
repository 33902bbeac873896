using System.Text.Json.Nodes;

namespace Assay.Tests.Transformers;

/// <summary>Pieces of published pre-tokenizers; expected from Python's regex 2026.5.9 with the same patterns. A piece is seen as one token: all expected pieces are in the vocabulary, and merges are ignored.</summary>
public class PreTokenizationTests
{
    const string Cl100k = @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s*[\r\n]|\s+(?!\S)|\s+";

    public static TheoryData<string, string[]> Published { get; } = new()
    {
        { "Gpt2", ["Hello", ",", " world", "!", " It", "'s", " ", " 2024", "  ", " tests", ".", "\n\n ", " x", "\r\n", "\t", "End", " "] },
        { "Gpt2", ["I", "'", "LL", " we", "'", "Re", " DON", "'", "T", " it", "'", "\u017F", " '", "sx"] },
        { "Gpt2", ["\u6570\u5B66\U00020000\U00020001", " \u65E5\u672C\u8A9E\u30C6\u30B9\u30C8", " \uD55C\uAD6D\uC5B4", " \u0661\u0662\u0663", " \u00BD\u216B\u00B2"] },
        { "Gpt2", ["\U0001F600\U0001F469\u200D\U0001F467", " \U0001F1E9\U0001F1EA", "x"] },
        { "Gpt2", ["\U0001D400\U0001D401c", " \U0001D7CF\U0001D7D03456"] },
        { "Gpt2", ["a", "\u00A0", "\u3000", "b", "\u200B", "c", "\u0301", "d"] },
        { "Gpt2", ["foo", "_", "bar", "(", "x", ")[", "0", "]", " +=", " 3", ".", "14159", "e", "-", "10", ";//...", "\n\n\n ", " y"] },
        { "Gpt2", ["  ", " leading"] },
        { "Gpt2", ["trailing", "   "] },
        { "Gpt2", ["\n \n"] },
        { "Gpt2", ["\u1680\u2028\u2029 ", "\u0085", "x"] },
        { "Gpt2", ["12345678"] },
        { "Llama3", ["Hello", ",", " world", "!", " It", "'s", " ", " ", "202", "4", "  ", " tests", ".\n\n", " ", " x", "\r\n", "\tEnd", " "] },
        { "Llama3", ["I", "'LL", " we", "'Re", " DON", "'T", " it", "'\u017F", " '", "sx"] },
        { "Llama3", ["\u6570\u5B66\U00020000\U00020001", " \u65E5\u672C\u8A9E\u30C6\u30B9\u30C8", " \uD55C\uAD6D\uC5B4", " ", "\u0661\u0662\u0663", " ", "\u00BD\u216B\u00B2"] },
        { "Llama3", ["\U0001F600\U0001F469\u200D\U0001F467", " \U0001F1E9\U0001F1EA", "x"] },
        { "Llama3", ["\U0001D400\U0001D401c", " ", "\U0001D7CF\U0001D7D03", "456"] },
        { "Llama3", ["a", "\u00A0", "\u3000b", "\u200Bc", "\u0301d"] },
        { "Llama3", ["foo", "_bar", "(x", ")[", "0", "]", " +=", " ", "3", ".", "141", "59", "e", "-", "10", ";//...\n\n\n", " ", " y"] },
        { "Llama3", ["  ", " leading"] },
        { "Llama3", ["trailing", "   "] },
        { "Llama3", ["\n \n"] },
        { "Llama3", ["\u1680\u2028\u2029 ", "\u0085x"] },
        { "Llama3", ["123", "456", "78"] },
        { "Qwen2", ["Hello", ",", " world", "!", " It", "'s", " ", " ", "2", "0", "2", "4", "  ", " tests", ".\n\n", " ", " x", "\r\n", "\tEnd", " "] },
        { "Qwen2", ["I", "'LL", " we", "'Re", " DON", "'T", " it", "'\u017F", " '", "sx"] },
        { "Qwen2", ["\u6570\u5B66\U00020000\U00020001", " \u65E5\u672C\u8A9E\u30C6\u30B9\u30C8", " \uD55C\uAD6D\uC5B4", " ", "\u0661", "\u0662", "\u0663", " ", "\u00BD", "\u216B", "\u00B2"] },
        { "Qwen2", ["\U0001F600\U0001F469\u200D\U0001F467", " \U0001F1E9\U0001F1EA", "x"] },
        { "Qwen2", ["\U0001D400\U0001D401c", " ", "\U0001D7CF", "\U0001D7D0", "3", "4", "5", "6"] },
        { "Qwen2", ["a", "\u00A0", "\u3000b", "\u200Bc", "\u0301d"] },
        { "Qwen2", ["foo", "_bar", "(x", ")[", "0", "]", " +=", " ", "3", ".", "1", "4", "1", "5", "9", "e", "-", "1", "0", ";//...\n\n\n", " ", " y"] },
        { "Qwen2", ["  ", " leading"] },
        { "Qwen2", ["trailing", "   "] },
        { "Qwen2", ["\n \n"] },
        { "Qwen2", ["\u1680\u2028\u2029 ", "\u0085x"] },
        { "Qwen2", ["1", "2", "3", "4", "5", "6", "7", "8"] },
        { "Cl100k", ["Hello", ",", " world", "!", " It", "'s", " ", " ", "202", "4", "  ", " tests", ".\n\n", " ", " x", "\r\n", "\tEnd", " "] },
        { "Cl100k", ["I", "'LL", " we", "'Re", " DON", "'T", " it", "'\u017F", " '", "sx"] },
        { "Cl100k", ["\u6570\u5B66\U00020000\U00020001", " \u65E5\u672C\u8A9E\u30C6\u30B9\u30C8", " \uD55C\uAD6D\uC5B4", " ", "\u0661\u0662\u0663", " ", "\u00BD\u216B\u00B2"] },
        { "Cl100k", ["\U0001F600\U0001F469\u200D\U0001F467", " \U0001F1E9\U0001F1EA", "x"] },
        { "Cl100k", ["\U0001D400\U0001D401c", " ", "\U0001D7CF\U0001D7D03", "456"] },
        { "Cl100k", ["a", "\u00A0", "\u3000b", "\u200Bc", "\u0301d"] },
        { "Cl100k", ["foo", "_bar", "(x", ")[", "0", "]", " +=", " ", "3", ".", "141", "59", "e", "-", "10", ";//...\n\n\n", " ", " y"] },
        { "Cl100k", ["  ", " leading"] },
        { "Cl100k", ["trailing", "   "] },
        { "Cl100k", ["\n \n"] },
        { "Cl100k", ["\u1680\u2028\u2029 ", "\u0085x"] },
        { "Cl100k", ["123", "456", "78"] },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_pattern_cuts_as_the_reference_does(string family, string[] pieces) => Check(
        family switch
        {
            "Gpt2" => Tokenizers.Gpt2,
            "Llama3" => Tokenizers.Llama3,
            "Qwen2" => Tokenizers.Qwen2,
            _ => Tokenizers.Split(Cl100k),
        },
        pieces);

    // The table of SplitDelimiterBehavior in the tokenizers library's documentation: "the-final--countdown" by '-'.
    [Theory]
    [InlineData("Removed", "the", "final", "countdown")]
    [InlineData("Isolated", "the", "-", "final", "-", "-", "countdown")]
    [InlineData("MergedWithPrevious", "the-", "final-", "-", "countdown")]
    [InlineData("MergedWithNext", "the", "-final", "-", "-countdown")]
    [InlineData("Contiguous", "the", "-", "final", "--", "countdown")]
    public void A_delimiter_goes_where_the_behaviour_says(string behavior, params string[] pieces) =>
        Check(Tokenizers.Split("-", behavior), pieces, "the-final--countdown");

    [Fact]
    public void An_inverted_split_takes_the_matches_for_the_pieces() =>
        Check(Tokenizers.Split(@"\w+", "Removed", invert: true), ["ab", "c_d"], "ab -- c_d!");

    [Theory]
    [InlineData("true", "a", "1", "2", "½", "b", "𝟏", "٣")]
    [InlineData("false", "a", "12½", "b", "𝟏٣")]
    public void Digits_stand_alone_or_in_runs(string individual, params string[] pieces) => Check(
        $$"""{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":{{individual}}},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}""", pieces);

    [Fact]
    public void The_prefix_space_is_added_once()
    {
        const string Prefixed = """{"type":"ByteLevel","add_prefix_space":true,"use_regex":true}""";
        Check(Prefixed, [" a", " b"], "a b");
        Check(Prefixed, [" a", " b"], " a b");
        Assert.Empty(Tokenizers.Of(Prefixed).Encode(""));
    }

    static void Check(string preTokenizer, string[] pieces, string? text = null)
    {
        var tokenizer = Tokenizers.Of(preTokenizer, change: file =>
        {
            var model = (JsonObject)file["model"]!;
            model["ignore_merges"] = true;
            foreach (var piece in pieces)
            {
                ((JsonObject)model["vocab"]!).TryAdd(Tokenizers.Spelled(piece), ((JsonObject)model["vocab"]!).Count);
            }
        });
        Assert.Equal(pieces, tokenizer.Encode(text ?? string.Concat(pieces)).Select(id => tokenizer.Decode([id])));
    }
}
