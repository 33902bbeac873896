using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class RougeTests
{
    // The functions of google-research/rouge/rouge_scorer.py (0c1bbe5), F of each.
    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog", "The quick brown dog jumps on the log.", 0.7058823529411765, 0.26666666666666666, 0.5882352941176471, 0.5882352941176471)]
    [InlineData("police killed the gunman", "the gunman kill police", 0.75, 0.3333333333333333, 0.5, 0.5)]
    [InlineData("w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", 0.5333333333333333, 0.15384615384615383, 0.5333333333333333, 0.5333333333333333)]
    [InlineData("the cat sat on the mat\na dog barked at the cat\nthe end", "a cat sat\nthe dog barked on the mat at the end of the day\ncat", 0.9333333333333333, 0.42857142857142855, 0.5333333333333333, 0.9333333333333333)]
    [InlineData("", "x", 0, 0, 0, 0)]
    [InlineData("Café naïve İstanbul Kelvin", "cafe naive i stanbul kelvin", 0.5454545454545454, 0.4444444444444445, 0.5454545454545454, 0.5454545454545454)]
    [InlineData("a b\n\n", "b a", 1, 0, 0.5, 0.5)]
    public void Scores_are_those_of_rouge_score(string reference, string hypothesis, double one, double two, double longest, double longestOfLines)
    {
        Assert.Equal(one, Rouge.Ngrams(reference, hypothesis, 1).F, 1e-12);
        Assert.Equal(two, Rouge.Ngrams(reference, hypothesis, 2).F, 1e-12);
        Assert.Equal(longest, Rouge.Longest(reference, hypothesis).F, 1e-12);
        Assert.Equal(longestOfLines, Rouge.LongestOfLines(reference, hypothesis).F, 1e-12);
    }

    [Fact]
    public void Precision_is_a_part_of_the_hypothesis() =>
        Assert.Equal((1, 0.25), (Rouge.Ngrams("a b c d", "b", 1).Precision, Rouge.Ngrams("a b c d", "b", 1).Recall));

    [Fact]
    public void Of_several_references_the_best_counts() =>
        Assert.Equal(1, Corpora.Of(Rouge.Metric("rougeL"), ["b c"], [["x", "b c", "b"]]).Score().Value);

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.Contains("rouge1 to rouge9", Assert.Throws<ArgumentException>(() => Rouge.Metric("rougeW")).Message, StringComparison.Ordinal);
}
