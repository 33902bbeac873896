using System.Text.Json.Nodes;
using Assay.Transformers;

namespace Assay.Tests.Transformers;

/// <summary>Expected: unicodedata.normalize('NFC', ...) of Python 3.11 (Unicode 14).</summary>
public class NormalizationTests
{
    static readonly Tokenizer _composing = Tokenizers.Of(change: file => file["normalizer"] = JsonNode.Parse("""{"type":"NFC"}"""));

    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "e\u0301", "\u00E9" },
        { "a\u0323\u0307", "\u1EA1\u0307" },
        { "a\u0307\u0323", "\u1EA1\u0307" },
        { "\u1100\u1161\u11A8", "\uAC01" },
        { "\u212B", "\u00C5" },
        { "\u0958", "\u0915\u093C" },
        { "\uAC00\u11A8", "\uAC01" },
        { "q\u0307\u0323", "q\u0323\u0307" },
        { "\u2ADC", "\u2ADD\u0338" },
        { "A\u030A\u0301", "\u01FA" },
        { "\uFB1D", "\u05D9\u05B4" },
        { "\u0344", "\u0308\u0301" },
        { "\U0001D15E", "\U0001D157\U0001D165" },
        { "a\u0315\u0300\u05AEb", "\u00E0\u05AE\u0315b" },
        { "\u1100\u1161\u11A7", "\uAC00\u11A7" },
        { "\u0B47\u0300\u0B3E", "\u0B47\u0300\u0B3E" },
        { "\u0928\u093C", "\u0929" },
        { "\u0300e\u0301", "\u0300\u00E9" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_is_composed(string text, string expected) => Assert.Equal(expected, _composing.Decode(_composing.Encode(text)));

    [Fact]
    public void A_run_of_a_hundred_thousand_marks_is_no_trap() =>
        Assert.Equal(200_001, _composing.Count("a" + new string('\u0315', 100_000)));

    [Fact]
    public void Texts_are_replaced_and_put_before()
    {
        var tokenizer = Tokenizers.Of(change: file => file["normalizer"] = JsonNode.Parse(
            """{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"_"},{"type":"Replace","pattern":{"String":" "},"content":"_"}]}"""));
        Assert.Equal("_a_b", tokenizer.Decode(tokenizer.Encode("a b")));
    }
}
