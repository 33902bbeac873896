using Assay.Metrics;
using Assay.Scoring;
using Assay.Tests.Metrics;

namespace Assay.Tests.Scoring;

public class CorpusEstimatesTests
{
    static readonly EstimateOptions _options = new() { Seed = 3, Rounds = 1000 };

    [Fact]
    public void An_interval_holds_its_score_and_comes_again_with_the_seed()
    {
        var statistics = Corpus(100, 1, 0.3);
        var estimate = CorpusEstimates.Of(statistics, _options, TestContext.Current.CancellationToken);
        Assert.InRange(estimate.Value!.Value, estimate.Low!.Value, estimate.High!.Value);
        Assert.Equal(("bleu", 100, "bootstrap-bca"), (estimate.Metric, estimate.N, estimate.Method));
        Assert.Equal(estimate, CorpusEstimates.Of(statistics, _options, TestContext.Current.CancellationToken));
        Assert.NotEqual(estimate, CorpusEstimates.Of(statistics, _options with { Seed = 4 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_clear_difference_has_a_small_p_value_and_none_a_large_one()
    {
        var better = CorpusEstimates.Compare(Corpus(200, 1, 0.1), Corpus(200, 1, 0.4), _options, TestContext.Current.CancellationToken);
        Assert.Equal(1.0 / 1001, better.PValue.Value);
        Assert.True(better.Difference.Low > 0);
        Assert.Equal(better.System.Value - better.Baseline.Value, better.Difference.Value);

        var same = CorpusEstimates.Compare(Corpus(200, 1, 0.3), Corpus(200, 1, 0.3), _options, TestContext.Current.CancellationToken);
        Assert.Equal((0, 1), (same.Difference.Value, same.PValue.Value));
        Assert.Null(same.Difference.Low);
        Assert.NotNull(same.Difference.Reason);
    }

    [Fact]
    public void The_p_value_is_uniform_when_there_is_no_difference()
    {
        var rejected = Enumerable.Range(0, 200).Count(i => CorpusEstimates.Compare(
            Corpus(60, (ulong)(2 * i), 0.3), Corpus(60, (ulong)((2 * i) + 1), 0.3), _options with { Rounds = 200 }, TestContext.Current.CancellationToken).PValue.Value <= 0.1);

        // Binomial(200, 0.1): 4 to 38 holds with 1 - 1e-4.
        Assert.InRange(rejected, 6, 38);
    }

    [Fact]
    public void Corpora_of_different_size_or_metric_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CorpusEstimates.Compare(Corpus(2, 1, 0), Corpus(3, 1, 0), _options, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => CorpusEstimates.Compare(Corpus(1, 1, 0), Corpora.Of(Ter.Metric(), ["a"], [["a"]]), _options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void One_segment_has_a_score_without_an_interval_and_none_has_a_reason()
    {
        var one = CorpusEstimates.Of(Corpus(1, 1, 0.3), _options, TestContext.Current.CancellationToken);
        Assert.NotNull(one.Value);
        Assert.Null(one.Low);
        Assert.Equal((null, "there are no segments"), (CorpusEstimates.Of(Corpus(0, 1, 0), _options, TestContext.Current.CancellationToken).Value, CorpusEstimates.Of(Corpus(0, 1, 0), _options, TestContext.Current.CancellationToken).Reason));
    }

    // Sentences of twelve words of which a share is wrong.
    static CorpusStatistics Corpus(int segments, ulong seed, double wrong)
    {
        var random = new SeededRandom(seed);
        var references = Enumerable.Range(0, segments).Select(i => Enumerable.Range(0, 12).Select(j => $"w{(i * 7) + j}").ToArray()).ToList();
        return Corpora.Of(
            Bleu.Metric(),
            [.. references.Select(words => string.Join(' ', words.Select(word => random.NextDouble() < wrong ? "x" : word)))],
            [.. references.Select(words => (string[])[string.Join(' ', words)])]);
    }
}
