using Assay.Metrics;
using Assay.Scoring;

namespace Assay.Benchmarks;

/// <summary>Scores of the WMT 2022 systems, all cores. No peer: sacrebleu is not to be had here. Sentences a second are the sentences over the seconds.</summary>
static class TextBenchmarks
{
    static readonly string[] _systems = ["DLUT", "Lan-Bridge", "Online-G"];

    public static IEnumerable<Benchmark> All =>
    [
        new("Text", "BLEU 13a, zh-en, 3 systems, 5,625 sentences", null, 1, _ => Scores(Bleu.Metric(), "zh-en")),
        new("Text", "BLEU zh, en-zh, 3 systems, 6,111 sentences", null, 1, _ => Scores(Bleu.Metric(new BleuOptions { Tokenizer = BleuTokenizer.Chinese }), "en-zh")),
        new("Text", "chrF, zh-en, 3 systems, 5,625 sentences", null, 1, _ => Scores(Chrf.Metric(), "zh-en")),
        new("Text", "chrF, en-zh, 3 systems, 6,111 sentences", null, 1, _ => Scores(Chrf.Metric(), "en-zh")),
        new("Text", "TER, zh-en, 3 systems, 5,625 sentences", null, 1, _ => Scores(Ter.Metric(), "zh-en")),
        new("Text", "BLEU of 2 systems and 1,000 paired resamples, zh-en", null, 1, _ => Paired(Bleu.Metric())),
        new("Text", "chrF of 2 systems and 1,000 paired resamples, zh-en", null, 1, _ => Paired(Chrf.Metric())),
    ];

    static Func<object?> Scores(CorpusMetric metric, string direction)
    {
        var references = References(direction);
        var systems = _systems.Select(system => Lines(direction, $"hyp.{system}")).ToList();
        return () => string.Join(' ', systems.Select(system => $"{CorpusStatistics.Of(metric, system, references).Score().Value:F4}"));
    }

    static Func<object?> Paired(CorpusMetric metric)
    {
        var references = References("zh-en");
        var (system, baseline) = (Lines("zh-en", "hyp.Lan-Bridge"), Lines("zh-en", "hyp.DLUT"));
        return () =>
        {
            var comparison = CorpusEstimates.Compare(
                CorpusStatistics.Of(metric, system, references), CorpusStatistics.Of(metric, baseline, references), new EstimateOptions { Seed = 1, Rounds = 1000 });
            return $"{comparison.Difference.Value:F4} [{comparison.Difference.Low:F4} {comparison.Difference.High:F4}]";
        };
    }

    static string[][] References(string direction) => Array.ConvertAll(Lines(direction, "ref.A"), line => (string[])[line]);

    static string[] Lines(string direction, string part) => File.ReadAllText(
        Path.Combine(Environment.CurrentDirectory, "..", "shared", "data", "wmt22", $"generaltest2022.{direction}.{part}.{direction[^2..]}")).TrimEnd('\n').Split('\n');
}
