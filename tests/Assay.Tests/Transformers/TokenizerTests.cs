using System.Text;
using System.Text.Json.Nodes;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

public class TokenizerTests
{
    // Numbers below 256 are bytes; by the rules of BPE, worked out by hand.
    [Fact]
    public void The_lowest_rank_is_merged_first_and_the_leftmost_of_equals()
    {
        var tokenizer = Tokenizers.Of(merges: ["a b", "b c", "bc d", "a a", "aa a"]);
        Assert.Equal([256, 'c', 'd'], tokenizer.Encode("abcd"));
        Assert.Equal(['x', 258], tokenizer.Encode("xbcd"));
        Assert.Equal([260], tokenizer.Encode("aaa"));
        Assert.Equal([259, 259], tokenizer.Encode("aaaa"));
        Assert.Equal([259, 260], tokenizer.Encode("aaaaa"));
    }

    [Fact]
    public void Merges_are_texts_or_pairs()
    {
        var pairs = Tokenizers.Of(merges: ["a b"], change: file => file["model"]!["merges"] = JsonNode.Parse("""[["a","b"]]"""));
        Assert.Equal([256], pairs.Encode("ab"));
    }

    [Fact]
    public void A_long_piece_merges_as_a_short_one()
    {
        var tokenizer = Tokenizers.Of(merges: ["a b", "b a", "ab ab", "abab abab", "c c"]);
        var unit = tokenizer.Encode("abababab");
        foreach (var count in new[] { 1, 11, 12, 13, 500 })
        {
            Assert.Equal(Enumerable.Repeat(unit, count).SelectMany(ids => ids), tokenizer.Encode(string.Concat(Enumerable.Repeat("abababab", count))));
        }
    }

    // A quadratic merge would take hours.
    [Fact]
    public void A_megabyte_without_blanks_is_no_trap()
    {
        var tiny = ModelFolder.Tiny.Tokenizer;
        var text = string.Concat(Enumerable.Repeat("theansweris", 100_000));
        Assert.Equal(text, tiny.Decode(tiny.Encode(text)));
        Assert.Equal(1_000_000, Tokenizers.Of().Count(new string(' ', 1_000_000)));
    }

    [Fact]
    public void Any_text_comes_back()
    {
        var random = new SeededRandom(5);
        string[] parts = ["a", " the", "\n", "  ", "12", "😀", "é", "e\u0301", "评论", "<s>", "</s", "\0", "\uFFFD", "'s", "𝐀", "\u200D", "\r\n", "ſ"];
        foreach (var tokenizer in new[] { ModelFolder.Tiny.Tokenizer, Tokenizers.Of(Tokenizers.Llama3), Tokenizers.Of(Tokenizers.Qwen2, ["t h", "th e", "Ġ the"]) })
        {
            for (var i = 0; i < 300; i++)
            {
                var text = string.Concat(Enumerable.Range(0, i % 40).Select(_ => random.Next(3) == 0 ? AnyCharacter(random) : parts[random.Next(parts.Length)]));
                var ids = tokenizer.Encode(text);
                Assert.Equal(text, tokenizer.Decode(ids, skipSpecial: false));
                Assert.Equal(ids.Length, tokenizer.Count(text));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Question: 1 + 1 =\n")]
    [InlineData("评论 </s 😀")]
    public void Texts_beside_a_special_token_are_encoded_each_alone(string text)
    {
        var tokenizer = ModelFolder.Tiny.Tokenizer;
        var ids = tokenizer.Encode(text);
        Assert.Equal([.. ids, 0, .. ids, 1], tokenizer.Encode(text + "<s>" + text + "</s>"));
    }

    [Fact]
    public void A_lone_surrogate_counts_as_the_replacement_character()
    {
        var tokenizer = Tokenizers.Of();
        Assert.Equal(tokenizer.Encode("a\uFFFDb\uFFFD"), tokenizer.Encode("a\uD83Db\uDE00"));
        Assert.Equal(tokenizer.Encode("\uFFFD😀"), tokenizer.Encode("\uD83D😀"));
    }

    [Fact]
    public void Added_tokens_are_found_first_the_longest_of_those_at_one_place()
    {
        var tokenizer = WithAdded(Tokenizers.Added(300, "<a>", "special"), Tokenizers.Added(301, "<a><b>"), Tokenizers.Added(302, "<b>", "special"));
        Assert.Equal(['x', 300, 'y', 302, 301, '<'], tokenizer.Encode("x<a>y<b><a><b><"));
        Assert.Equal("xy<a><b><", tokenizer.Decode([300, 'x', 'y', 302, 301, '<']));
        Assert.Equal("<a>x", tokenizer.Decode([300, 'x'], skipSpecial: false));
        Assert.True(tokenizer.IsSpecial(300));
        Assert.False(tokenizer.IsSpecial(301));
        Assert.Equal((303, "<b>"), (tokenizer.VocabularySize, tokenizer.TokenText(302)));
        Assert.Equal(301, tokenizer.IdOf("<a><b>"));
    }

    [Fact]
    public void Added_tokens_strip_blanks_and_stand_alone_as_they_say()
    {
        var tokenizer = WithAdded(Tokenizers.Added(300, "<l>", "lstrip"), Tokenizers.Added(301, "<r>", "rstrip"), Tokenizers.Added(302, "word", "single_word"));
        Assert.Equal(['a', 300, ' ', 'b'], tokenizer.Encode("a \n<l> b"));
        Assert.Equal(['a', ' ', 301, 'b'], tokenizer.Encode("a <r> \tb"));
        Assert.Equal([302, ' ', 302, '!'], tokenizer.Encode("word word!"));
        Assert.Equal("swords"u8.ToArray().Select(value => (int)value), tokenizer.Encode("swords"));
    }

    [Fact]
    public void The_post_processor_adds_its_tokens_when_asked()
    {
        var tokenizer = Tokenizers.Of(change: file =>
        {
            file["added_tokens"] = new JsonArray(Tokenizers.Added(300, "<s>", "special"), Tokenizers.Added(301, "</s>", "special"));
            file["post_processor"] = JsonNode.Parse("""
                {"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing",
                 "single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
                 "special_tokens":{"<s>":{"id":"<s>","ids":[300]},"</s>":{"id":"</s>","ids":[301]}}}]}
                """);
        });
        Assert.Equal([300, 'a', 301], tokenizer.Encode("a", addSpecialTokens: true));
        Assert.Equal(['a'], tokenizer.Encode("a"));
    }

    [Fact]
    public void Numbers_without_a_token_are_nothing() =>
        Assert.Equal("ab", Tokenizers.Of().Decode(['a', 999_999, -1, 'b']));

    // Llama 2's kind: characters, "▁" for a blank, bytes where a character is no token.
    [Fact]
    public void Characters_fall_back_to_bytes()
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0 };
        for (var value = 0; value < 256; value++)
        {
            vocabulary[$"<0x{value:X2}>"] = value + 1;
        }

        foreach (var text in new[] { "▁", "a", "b", "▁a", "▁ab" })
        {
            vocabulary[text] = vocabulary.Count;
        }

        var tokenizer = Tokenizers.Of(change: file =>
        {
            file["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}""");
            file["pre_tokenizer"] = null;
            file["decoder"] = JsonNode.Parse("""{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}""");
            file["model"] = new JsonObject { ["type"] = "BPE", ["unk_token"] = "<unk>", ["byte_fallback"] = true, ["vocab"] = vocabulary, ["merges"] = new JsonArray("▁ a", "▁a b") };
        });
        Assert.Equal([261, 257, 0xC3 + 1, 0xA9 + 1, 0x0A + 1], tokenizer.Encode("ab é\n"));
        foreach (var text in new[] { "ab é\n", " ab", "  ", "😀 评", "" })
        {
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    static Tokenizer WithAdded(params JsonNode[] added) => Tokenizers.Of(change: file => file["added_tokens"] = new JsonArray(added));

    static string AnyCharacter(SeededRandom random)
    {
        var code = random.Next(0x110000);
        return Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD";
    }
}
