using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class ChrfTests
{
    // sacrebleu (f615c72): CHRF(word_order=2, lowercase=...).sentence_score(hypothesis, [reference]).
    [Theory]
    [InlineData(false, 32.1769903218621)]
    [InlineData(true, 33.47319923032673)]
    public void Words_lose_one_mark_at_an_end(bool lowercase, double expected) => Assert.Equal(
        expected,
        Corpora.Of(Chrf.Metric(new ChrfOptions { WordOrder = 2, Lowercase = lowercase }), ["(hi) there, my friend!"], [["Hi there: (my) friends."]]).Score().Value,
        1e-9);

    [Fact]
    public void A_character_is_a_code_point() => Assert.Equal(
        [3, 2, 1, 2, 1, 0], Corpora.Of(Chrf.Metric(new ChrfOptions { CharacterOrder = 2 }), ["😀 😁a"], [["😀b"]]).Sum());

    [Fact]
    public void The_signature_says_all_that_is_not_the_text() => Assert.Equal(
        $"nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:assay-{AssayVersion.Text}", Chrf.Signature(1, new ChrfOptions { WordOrder = 2 }));
}
