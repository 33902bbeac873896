using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class CorpusStatisticsTests
{
    static readonly string[] _words = ["the", "cat", "sat", "on", "a", "mat.", "(dog)", "中文", "😀"];

    static readonly CorpusMetric[] _metrics =
    [
        Bleu.Metric(), Bleu.Metric(new BleuOptions { Tokenizer = BleuTokenizer.Chinese, MaxOrder = 2 }), Chrf.Metric(), Chrf.Metric(new ChrfOptions { WordOrder = 2 }),
        Ter.Metric(), WordErrorRate.Metric(), TokenF1.Metric(), QuasiExactMatch.Metric(), Rouge.Metric("rouge1"), Rouge.Metric("rougeL"), Rouge.Metric("rougeLsum"),
    ];

    [Fact]
    public void The_parts_of_a_corpus_merge_to_the_whole_and_the_order_of_segments_does_not_matter()
    {
        var (hypotheses, references) = Corpus(40, 1);
        foreach (var metric in _metrics)
        {
            var whole = Corpora.Of(metric, hypotheses, references);
            var merged = Corpora.Of(metric, hypotheses[..13], references[..13]).Merge(Corpora.Of(metric, hypotheses[13..], references[13..]));
            Assert.Equal(whole.Score().Value, merged.Score().Value);
            var backwards = Corpora.Of(metric, [.. hypotheses.Reverse()], [.. references.Reverse()]);
            Assert.Equal(whole.Score().Value, backwards.Score().Value, 1e-12);
        }
    }

    [Fact]
    public void A_text_against_itself_is_perfect()
    {
        var (hypotheses, _) = Corpus(20, 2);
        Assert.All(_metrics, metric => Assert.Equal(
            metric.Name is "wer" or "ter" ? 0 : metric.Name is "bleu" or "chrf" or "chrf++" ? 100 : 1,
            Corpora.Of(metric, hypotheses, [.. hypotheses.Select(text => (string[])["x y", text])]).Score().Value,
            1e-9));
    }

    [Fact]
    public void Without_segments_or_without_reference_words_a_score_is_undefined_with_a_reason()
    {
        Assert.All(_metrics, metric => Assert.Equal("there are no segments", Corpora.Of(metric, [], []).Score().Reason));
        Assert.Contains("no words", Corpora.Of(WordErrorRate.Metric(), ["a"], [[""]]).Score().Reason, StringComparison.Ordinal);
        var longLine = string.Concat(Enumerable.Repeat("a b ", Ter.MostWords));
        Assert.Contains("too many", Corpora.Of(Ter.Metric(), [longLine], [["a"]]).Score().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Mismatched_lists_and_segments_without_reference_are_refused()
    {
        Assert.Contains("2 hypotheses and 1", Assert.Throws<ArgumentException>(() => Corpora.Of(Ter.Metric(), ["a", "b"], [["a"]])).Message, StringComparison.Ordinal);
        Assert.Contains("no reference", Assert.Throws<ArgumentException>(() => Corpora.Of(Ter.Metric(), ["a"], [[]])).Message, StringComparison.Ordinal);
    }

    static (string[] Hypotheses, IReadOnlyList<string>[] References) Corpus(int segments, ulong seed)
    {
        var random = new SeededRandom(seed);
        string Text()
        {
            return string.Join(' ', Enumerable.Range(0, 1 + random.Next(12)).Select(_ => _words[random.Next(_words.Length)]));
        }

        return ([.. Enumerable.Range(0, segments).Select(_ => Text() + " the cat")], [.. Enumerable.Range(0, segments).Select(_ => (IReadOnlyList<string>)[Text() + " cat", Text()])]);
    }
}
