using Assay.Metrics;
using Assay.Scoring;
using Assay.Tests.Metrics;

namespace Assay.Tests.Conformance;

/// <summary>The WMT 2022 general task, three systems each way: what sacrebleu (mjpost/sacrebleu f615c72, on Python 3.11) gives for these files.</summary>
public class Wmt22Tests
{
    [Theory]
    [InlineData("en-zh", "DLUT", "A", 16.461402, 45.194036, 14.905884, 46.986077, 1.219253)]
    [InlineData("en-zh", "DLUT", "AB", 21.087775, 63.875573, 21.512153, 65.481418, 1.91754)]
    [InlineData("en-zh", "Lan-Bridge", "A", 17.788674, 48.270436, 16.513743, 49.134432, 2.988844)]
    [InlineData("en-zh", "Lan-Bridge", "AB", 23.648273, 66.546723, 23.912549, 66.77025, 4.303877)]
    [InlineData("en-zh", "Online-G", "A", 13.59389, 43.863186, 10.108466, 45.599015, 1.63179)]
    [InlineData("en-zh", "Online-G", "AB", 16.059459, 63.245179, 15.985372, 64.64502, 2.525306)]
    [InlineData("zh-en", "DLUT", "A", 24.981437, 24.513022, 25.211526, 61.37177, 20.942285)]
    [InlineData("zh-en", "DLUT", "AB", 29.016482, 28.649412, 29.183005, 67.110632, 24.576016)]
    [InlineData("zh-en", "Lan-Bridge", "A", 28.079284, 27.550805, 28.290764, 63.405883, 24.170351)]
    [InlineData("zh-en", "Lan-Bridge", "AB", 32.895904, 32.424819, 33.174476, 69.796437, 28.522627)]
    [InlineData("zh-en", "Online-G", "A", 29.626047, 29.834046, 29.902067, 65.53407, 25.54563)]
    public void Bleu_scores(string direction, string system, string references, double mteval13a, double chinese, double international, double character, double none)
    {
        Assert.Equal(mteval13a, BleuOf(direction, system, references, BleuTokenizer.Mteval13a), 1e-6);
        Assert.Equal(chinese, BleuOf(direction, system, references, BleuTokenizer.Chinese), 1e-6);
        Assert.Equal(international, BleuOf(direction, system, references, BleuTokenizer.International), 1e-6);
        Assert.Equal(character, BleuOf(direction, system, references, BleuTokenizer.Character), 1e-6);
        Assert.Equal(none, BleuOf(direction, system, references, BleuTokenizer.None), 1e-6);
    }

    [Theory]
    [InlineData("en-zh", "DLUT", "A", 41.256327, 31.438425)]
    [InlineData("en-zh", "Lan-Bridge", "AB", 53.658091, 41.36841)]
    [InlineData("en-zh", "Online-G", "A", 39.374781, 30.042114)]
    [InlineData("zh-en", "DLUT", "A", 55.238214, 52.262388)]
    [InlineData("zh-en", "Lan-Bridge", "AB", 59.093185, 56.105882)]
    [InlineData("zh-en", "Online-G", "A", 59.705017, 56.886864)]
    public void Chrf_scores(string direction, string system, string references, double chrf, double chrfPlusPlus)
    {
        Assert.Equal(chrf, Score(Chrf.Metric(), direction, system, references), 1e-6);
        Assert.Equal(chrfPlusPlus, Score(Chrf.Metric(new ChrfOptions { WordOrder = 2 }), direction, system, references), 1e-6);
    }

    [Theory]
    [InlineData("zh-en", "Lan-Bridge", "A", false, 59.127452)]
    [InlineData("zh-en", "DLUT", "AB", false, 62.262936)]
    [InlineData("en-zh", "DLUT", "A", true, 46.053813)]
    [InlineData("zh-en", "DLUT", "A", true, 59.706682)]
    public void Ter_scores(string direction, string system, string references, bool normalized, double expected)
    {
        var options = new TerOptions { Normalized = normalized, AsianSupport = normalized, NoPunctuation = normalized };
        Assert.Equal(expected, Score(Ter.Metric(options), direction, system, references), 1e-6);
    }

    [Fact]
    public void The_paired_difference_has_an_interval_that_holds_it()
    {
        var metric = Chrf.Metric();
        var comparison = CorpusEstimates.Compare(
            Statistics(metric, "en-zh", "Lan-Bridge", "A"), Statistics(metric, "en-zh", "DLUT", "A"), new EstimateOptions { Seed = 1, Rounds = 1000 }, TestContext.Current.CancellationToken);
        Assert.Equal(42.832418 - 41.256327, comparison.Difference.Value!.Value, 2e-6);
        Assert.True(comparison.Difference.Low > 0);
        Assert.Equal(1.0 / 1001, comparison.PValue.Value);
    }

    static double BleuOf(string direction, string system, string references, BleuTokenizer tokenizer) =>
        Score(Bleu.Metric(new BleuOptions { Tokenizer = tokenizer }), direction, system, references);

    static double Score(CorpusMetric metric, string direction, string system, string references) => Statistics(metric, direction, system, references).Score().Value;

    static CorpusStatistics Statistics(CorpusMetric metric, string direction, string system, string references)
    {
        var language = direction[^2..];
        var streams = references.Select(name => Lines($"generaltest2022.{direction}.ref.{name}.{language}")).ToList();
        var hypotheses = Lines($"generaltest2022.{direction}.hyp.{system}.{language}");
        return Corpora.Of(metric, hypotheses, [.. hypotheses.Select((_, i) => streams.Select(stream => stream[i]).ToArray())]);
    }

    static string[] Lines(string name) => File.ReadAllText(SharedFolder.Find("data", "wmt22", name)).TrimEnd('\n').Split('\n');
}
