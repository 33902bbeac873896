using Assay.Metrics;

namespace Assay.Tests.Metrics;

/// <summary>Metrics of short answers and of sequences.</summary>
public class AnswerMetricsTests
{
    // compute_f1 of SQuAD's evaluate-v2.0.py, worked by hand from its definition.
    [Theory]
    [InlineData("The Eiffel Tower, Paris", "eiffel tower", 0.8)]
    [InlineData("a the an", "", 1)]
    [InlineData("a", "b", 0)]
    [InlineData("cat cat", "cat dog cat cat", 0.6666666666666666)]
    [InlineData("U.S.A.", "usa", 1)]
    [InlineData("theatre", "the atre", 0)]
    public void Token_f1_is_that_of_SQuAD(string answer, string reference, double expected) => Assert.Equal(expected, TokenF1.Score(answer, reference), 1e-12);

    [Theory]
    [InlineData("The  Answer!", "answer", 1)]
    [InlineData("", "the", 0)]
    [InlineData("the", "an", 1)]
    [InlineData("答案。", "答案", 0)]
    public void Quasi_exact_match_is_that_of_HELM(string answer, string reference, double expected) => Assert.Equal(expected, QuasiExactMatch.Score(answer, reference));

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("😀a", "😁a", 1)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("abcabc", "abc", 3)]
    public void Edit_distance_counts_code_points(string text, string other, int expected)
    {
        Assert.Equal(expected, EditDistance.Levenshtein(text, other));
        Assert.Equal(expected, EditDistance.Levenshtein(other, text));
    }

    [Fact]
    public void Edit_distance_is_normalised_by_the_longer_text()
    {
        Assert.Equal(3.0 / 7, EditDistance.Normalized("kitten", "sitting"));
        Assert.Equal(0, EditDistance.Normalized("", ""));
    }

    [Fact]
    public void Word_error_rate_sums_edits_before_it_divides()
    {
        var statistics = Corpora.Of(WordErrorRate.Metric(), ["a b c", "x"], [["a c"], ["x y z w"]]);
        Assert.Equal([4, 6], statistics.Sum());
        Assert.Equal(2.0 / 3, statistics.Score().Value, 1e-12);
    }

    // lm-evaluation-harness, api/metrics.py, by hand: words are len(re.split(r"\s+", text)).
    [Fact]
    public void Perplexities_are_those_of_the_harness()
    {
        var sums = Perplexity.Of(" a  b\n", -6).Merge(Perplexity.Of("é", -2));
        Assert.Equal(new Perplexity(-8, 2, 5, 8), sums);
        Assert.Equal(Math.Exp(4), sums.PerDocument.Value);
        Assert.Equal(Math.Exp(1.6), sums.PerWord.Value, 1e-12);
        Assert.Equal(Math.Exp(1), sums.PerByte.Value, 1e-12);
        Assert.Equal(1 / Math.Log(2), sums.BitsPerByte.Value, 1e-12);
        Assert.Equal("there are no words", default(Perplexity).PerWord.Reason);
    }
}
