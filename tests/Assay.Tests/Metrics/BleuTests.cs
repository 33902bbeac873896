using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class BleuTests
{
    // sacrebleu's tokenizers (f615c72): T(text).split().
    [Theory]
    [InlineData(BleuTokenizer.Mteval13a, "He said: \"3,000.5 (€) &amp; -10-20 C#.\"", "He|said|:|\"|3,000.5|(|€|)|&|-10|-|20|C|#|.|\"")]
    [InlineData(BleuTokenizer.Mteval13a, "𠀀字 😀ok 3–4 ½, ٣,٤", "𠀀字|😀ok|3–4|½|,|٣|,|٤")]
    [InlineData(BleuTokenizer.Mteval13a, "a.b,c 1.2,3 x-1-y 5-", "a|.|b|,|c|1.2,3|x-1|-|y|5|-")]
    [InlineData(BleuTokenizer.Chinese, "He said: \"3,000.5 (€) &amp; -10-20 C#.\"", "He|said|:|\"|3,000.5|(|€|)|&|amp|;|-10|-|20|C|#|.|\"")]
    [InlineData(BleuTokenizer.Chinese, "中文“引号”…2022年。 Hello,world.", "中|文|“|引|号|”|…|2022|年|。|Hello|,|world|.")]
    [InlineData(BleuTokenizer.Chinese, "𠀀字 😀ok 3–4 ½, ٣,٤", "𠀀|字|😀ok|3|–|4|½|,|٣|,|٤")]
    [InlineData(BleuTokenizer.International, "He said: \"3,000.5 (€) &amp; -10-20 C#.\"", "He|said|:|\"|3,000.5|(|€|)|&|amp|;|-|10-20|C|#|.|\"")]
    [InlineData(BleuTokenizer.International, "中文“引号”…2022年。 Hello,world.", "中文|“|引号|”|…2022年|。|Hello|,|world|.")]
    [InlineData(BleuTokenizer.International, "𠀀字 😀ok 3–4 ½, ٣,٤", "𠀀字|😀|ok|3–4|½|,|٣,٤")]
    [InlineData(BleuTokenizer.International, "a.b,c 1.2,3 x-1-y 5-", "a|.|b|,|c|1.2,3|x|-|1|-|y|5-")]
    [InlineData(BleuTokenizer.Character, "𠀀 😀o\u00a0k", "𠀀|😀|o|k")]
    [InlineData(BleuTokenizer.None, "a.b\u001cc\u3000 d", "a.b|c|d")]
    public void Tokens_are_those_of_sacrebleu(BleuTokenizer tokenizer, string text, string expected) =>
        Assert.Equal(expected.Split('|'), Bleu.Tokens(text, new BleuOptions { Tokenizer = tokenizer }));

    // CPython 3.11: 'ΌΔΟΣ ΣΑΣ. İI'.lower()
    [Fact]
    public void Lower_case_is_that_of_Python() =>
        Assert.Equal(["όδος", "σας", ".", "i\u0307i"], Bleu.Tokens("ΌΔΟΣ ΣΑΣ. İI", new BleuOptions { Lowercase = true }));

    [Fact]
    public void Score_is_zero_when_the_answer_is_empty_and_100_when_it_is_the_reference()
    {
        var metric = Bleu.Metric();
        Assert.Equal(0, Corpora.Of(metric, [""], [["a b c d"]]).Score().Value);
        Assert.Equal(0, Corpora.Of(metric, [""], [[""]]).Score().Value);
        Assert.Equal(100, Corpora.Of(metric, ["a b c d"], [["x", "a b c d"]]).Score().Value, 1e-9);
    }

    [Fact]
    public void The_signature_says_all_that_is_not_the_text() => Assert.Equal(
        $"nrefs:2|case:lc|eff:yes|tok:zh|smooth:floor[0.10]|version:assay-{AssayVersion.Text}",
        Bleu.Signature(2, new BleuOptions { Tokenizer = BleuTokenizer.Chinese, Smoothing = BleuSmoothing.Floor, Lowercase = true, EffectiveOrder = true }));

    [Fact]
    public void A_line_of_10_MB_is_scored()
    {
        var line = string.Concat(Enumerable.Repeat("the cat sat ", 900_000));
        Assert.Equal(100, Corpora.Of(Bleu.Metric(), [line], [[line]]).Score().Value, 1e-9);
    }
}
