using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class TerTests
{
    // sacrebleu (f615c72): TER().sentence_score(hypothesis, [reference]).
    [Theory]
    [InlineData("a b c d e", "c d e a b", 20)]
    [InlineData("x a b c", "a b c x y", 40)]
    [InlineData("the cat sat on the mat today", "today the cat on the mat sat", 28.57142857142857)]
    public void Shifts_are_those_of_sacrebleu(string hypothesis, string reference, double expected) =>
        Assert.Equal(expected, Corpora.Of(Ter.Metric(), [hypothesis], [[reference]]).Score().Value, 1e-9);

    [Fact]
    public void Of_several_references_the_fewest_edits_count_over_the_mean_length()
    {
        var statistics = Corpora.Of(Ter.Metric(), ["a b c"], [["a b c d", "x"]]);
        Assert.Equal([1, 2.5], statistics.Sum());
        Assert.Equal(40, statistics.Score().Value);
    }
}
