using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Metrics;
using Assay.Tests.Metrics;

namespace Assay.Tests.Conformance;

/// <summary>Every literal case of sacrebleu's own tests (mjpost/sacrebleu f615c72), each with the options and the tolerance that it has there.</summary>
public class SacrebleuCasesTests
{
    // test_sentence_bleu.py: the texts of its issues 98 and 141.
    const string Reference = "producţia de zahăr brut se exprimă în zahăr alb;";
    const string Hypothesis = "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;";

    static readonly BleuOptions _raw = new() { Tokenizer = BleuTokenizer.None, Smoothing = BleuSmoothing.Floor, SmoothingValue = 0.01, EffectiveOrder = true };

    [Theory]
    [InlineData("test_chrf.test_cases", 3, true, false)]
    [InlineData("test_chrf.test_cases_effective_order", 3, false, false)]
    [InlineData("test_chrf.test_cases_keep_whitespace", 3, false, true)]
    public void Chrf_of_a_corpus(string cases, int beta, bool epsilonSmoothing, bool whitespace)
    {
        var metric = Chrf.Metric(new ChrfOptions { Beta = beta, EpsilonSmoothing = epsilonSmoothing, Whitespace = whitespace });
        Assert.All(Rows(cases), row => Assert.Equal((double)row[2]!, Corpus(metric, Texts(row[0]), [Texts(row[1])]), 1e-4));
    }

    [Fact]
    public void Chrf_of_a_sentence() => Assert.All(
        Rows("test_chrf.test_sentence_level_chrf"),
        row => Assert.Equal((double)row[2]!, Sentence(Chrf.Metric(new ChrfOptions { EpsilonSmoothing = true }), (string)row[0]!, Texts(row[1])), 1e-4));

    [Fact]
    public void Bleu_of_a_corpus() => Assert.All(Rows("test_bleu.test_corpus_bleu_cases"), row =>
    {
        var options = new BleuOptions
        {
            Tokenizer = Tokenizer((string?)row[2]!["tokenize"] ?? "13a"),
            Smoothing = (string?)row[2]!["smooth_method"] == "none" ? BleuSmoothing.None : BleuSmoothing.Exponential,
        };
        Assert.Equal((double)row[3]!, Corpus(Bleu.Metric(options), Texts(row[0]), Streams(row[1])), 1e-6);
    });

    [Theory]
    [InlineData("test_bleu.test_raw_bleu_cases")]
    [InlineData("test_bleu.test_case_effective_order")]
    public void Bleu_of_text_as_it_is(string cases) =>
        Assert.All(Rows(cases), row => Assert.Equal((double)row[2]!, Corpus(Bleu.Metric(_raw), Texts(row[0]), Streams(row[1])) / 100, 1e-8));

    [Fact]
    public void Bleu_with_the_floor_and_without() => Assert.All(Rows("test_bleu.test_case_offset"), row =>
    {
        Assert.Equal((double)row[2]!, Corpus(Bleu.Metric(_raw with { SmoothingValue = null }), Texts(row[0]), Streams(row[1])) / 100, 1e-8);
        Assert.Equal((double)row[3]!, Corpus(Bleu.Metric(_raw with { SmoothingValue = 0 }), Texts(row[0]), Streams(row[1])) / 100, 1e-8);
    });

    [Fact]
    public void Bleu_counts() => Assert.All(Rows("test_bleu.test_case_statistics"), row =>
    {
        var sums = Corpora.Of(Bleu.Metric(_raw), Texts(row[0]), PerSegment(Streams(row[1]))).Sum();
        Assert.Equal(Numbers(row[2]![0]).Concat(Numbers(row[2]![1])), sums[2..]);
    });

    [Theory]
    [InlineData("test_bleu.test_case_scoring", BleuSmoothing.None, 1e-8)]
    [InlineData("test_bleu.test_case_degenerate_stats", BleuSmoothing.Floor, 1e-12)]
    public void Bleu_of_counts(string cases, BleuSmoothing smoothing, double tolerance) => Assert.All(Rows(cases), row =>
    {
        double[] sums = [(double)row[0]![1]!, (double)row[0]![2]!, .. Numbers(row[0]![0]![0]), .. Numbers(row[0]![0]![1])];
        var options = new BleuOptions { Smoothing = smoothing, SmoothingValue = smoothing == BleuSmoothing.None ? null : (double)row[1]! };
        Assert.Equal((double)row[row.Count - 1]!, Bleu.Score(sums, options) / 100, tolerance);
    });

    [Fact]
    public void Bleu_of_longer_and_shorter_ngrams() => Assert.All(Rows("test_bleu.test_bleu_max_order"), row => Assert.Equal(
        (string)row[3]!,
        Corpus(Bleu.Metric(new BleuOptions { MaxOrder = (int)row[0]! }), Texts(row[1]), Streams(row[2])).ToString("F2", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("test_sentence_bleu.test_cases", Hypothesis, Reference)]
    [InlineData("test_sentence_bleu.test_cases_zero_bleu", "this is a cat", "okay thanks")]
    public void Bleu_of_a_sentence(string cases, string hypothesis, string reference) => Assert.All(Rows(cases), row =>
    {
        var options = new BleuOptions
        {
            Smoothing = Smoothing((string)row[0]!),
            SmoothingValue = (double?)row[1],
            Lowercase = (bool)row[2]!,
            Tokenizer = Tokenizer((string)row[3]!),
            EffectiveOrder = true,
        };
        Assert.Equal((double)row[4]!, Sentence(Bleu.Metric(options), hypothesis, [reference]), 1e-3);
    });

    [Theory]
    [InlineData("test_cases_default", false, false, false)]
    [InlineData("test_cases_no_punct", false, true, false)]
    [InlineData("test_cases_norm", true, false, false)]
    [InlineData("test_cases_asian", true, false, true)]
    public void Tokens_of_ter(string cases, bool normalized, bool noPunctuation, bool asianSupport) => Assert.All(Rows($"test_tokenizer_ter.{cases}"), row =>
    {
        var options = new TerOptions { Normalized = normalized, NoPunctuation = noPunctuation, AsianSupport = asianSupport };
        Assert.Equal((string)row[1]!, string.Join(' ', Ter.Tokens((string)row[0]!, options)));
    });

    [Fact]
    public void Ter_of_a_corpus() =>
        Assert.All(Rows("test_ter.test_cases"), row => Assert.Equal(100 * (double)row[2]!, Corpus(Ter.Metric(), Texts(row[0]), [Texts(row[1])]), 1e-3));

    static IEnumerable<JsonArray> Rows(string name) =>
        JsonNode.Parse(File.ReadAllText(SharedFolder.Find("data", "sacrebleu_cases", "cases.json")))![name]!.AsArray().Select(row => row!.AsArray());

    static string[] Texts(JsonNode? node) => [.. node!.AsArray().Select(text => (string)text!)];

    static string[][] Streams(JsonNode? node) => [.. node!.AsArray().Select(Texts)];

    static IEnumerable<double> Numbers(JsonNode? node) => node!.AsArray().Select(number => (double)number!);

    // As zip does in sacrebleu: what a longer stream of references has more is not looked at.
    static IReadOnlyList<string>[] PerSegment(string[][] streams) =>
        [.. Enumerable.Range(0, streams.Min(stream => stream.Length)).Select(i => streams.Select(stream => stream[i]).ToArray())];

    static double Corpus(CorpusMetric metric, string[] hypotheses, string[][] streams) =>
        Corpora.Of(metric, hypotheses, PerSegment(streams)).Score().Value;

    static double Sentence(CorpusMetric metric, string hypothesis, string[] references) =>
        Corpora.Of(metric, [hypothesis], [references]).SegmentScore(0);

    static BleuTokenizer Tokenizer(string name) => name switch
    {
        "13a" => BleuTokenizer.Mteval13a,
        "intl" => BleuTokenizer.International,
        "char" => BleuTokenizer.Character,
        "none" => BleuTokenizer.None,
        _ => throw new ArgumentException(name, nameof(name)),
    };

    static BleuSmoothing Smoothing(string name) => name switch
    {
        "exp" => BleuSmoothing.Exponential,
        "none" => BleuSmoothing.None,
        "floor" => BleuSmoothing.Floor,
        "add-k" => BleuSmoothing.AddK,
        _ => throw new ArgumentException(name, nameof(name)),
    };
}
