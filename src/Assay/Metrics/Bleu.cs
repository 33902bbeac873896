using System.Globalization;
using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>
/// BLEU: the geometric mean of clipped n-gram precisions times a penalty for shortness, 0 to 100. The numbers of a segment are its length, the length
/// of the nearest reference, then matches and totals of each order. Sources: Papineni et al. 2002; sacrebleu 2 (Post 2018), whose every choice this
/// follows.
/// </summary>
public static class Bleu
{
    // sacrebleu's stand-in for the logarithm of 0: it makes the product 0 whatever the other precisions are.
    const double LogOfZero = -9999999999;

    static readonly string[] _tokenizerNames = ["13a", "intl", "zh", "char", "none"];
    static readonly string[] _smoothingNames = ["exp", "none", "floor", "add-k"];

    /// <summary>The metric <c>bleu</c>.</summary>
    /// <param name="options">Null: sacrebleu's defaults.</param>
    public static CorpusMetric Metric(BleuOptions? options = null)
    {
        var chosen = options ?? new BleuOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen.MaxOrder, 1, nameof(options));
        return new CorpusMetric
        {
            Name = "bleu",
            Width = 2 + (2 * chosen.MaxOrder),
            Summarize = (hypothesis, references, numbers) => Summarize(hypothesis, references, chosen, numbers),
            Score = sums => Score(sums, chosen),
            Signature = references => Signature(references, chosen),
        };
    }

    /// <summary>Writes the numbers of a segment. Of several references an n-gram counts as often as the one with most has it.</summary>
    public static void Summarize(string hypothesis, ReadOnlySpan<string> references, BleuOptions options, Span<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(options);
        var words = new WordNumbers();
        var texts = new int[references.Length + 1][];
        texts[0] = Tokens(hypothesis, options, words);
        for (var i = 0; i < references.Length; i++)
        {
            texts[i + 1] = Tokens(references[i], options, words);
        }

        numbers[0] = texts[0].Length;
        numbers[1] = Nearest(texts);
        var index = new NgramIndex(texts);
        for (var n = 0; n < options.MaxOrder; n++)
        {
            index.Advance();
            var most = index.Counts(1);
            for (var i = 2; i < texts.Length; i++)
            {
                var counts = index.Counts(i);
                for (var k = 0; k < most.Length; k++)
                {
                    most[k] = Math.Max(most[k], counts[k]);
                }
            }

            numbers[2 + n] = NgramIndex.Matches(index.Counts(0), most);
            numbers[2 + options.MaxOrder + n] = index.Total(0);
        }
    }

    /// <summary>0 to 100, of the sums over the segments; 0 when nothing matches.</summary>
    public static double Score(ReadOnlySpan<double> sums, BleuOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (length, reference) = (sums[0], sums[1]);
        var matches = sums.Slice(2, options.MaxOrder);
        var totals = sums.Slice(2 + options.MaxOrder, options.MaxOrder);
        if (!matches.ContainsAnyExcept(0))
        {
            return 0;
        }

        var penalty = length >= reference ? 1 : length > 0 ? Math.Exp(1 - (reference / length)) : 0;
        return penalty * Math.Exp(LogPrecisions(matches, totals, options, out var orders) / orders);
    }

    /// <summary>The words that a text is compared by.</summary>
    public static IReadOnlyList<string> Tokens(string text, BleuOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        return UnicodeText.Words(BleuTokens.Split(Prepare(text, options), options.Tokenizer));
    }

    /// <summary>All that a score depends on, in the words of sacrebleu's signature, for so many references.</summary>
    public static string Signature(int references, BleuOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (tokenizer, smoothing) = (_tokenizerNames[(int)options.Tokenizer], _smoothingNames[(int)options.Smoothing]);
        smoothing += options.Smoothing is BleuSmoothing.Floor or BleuSmoothing.AddK ? string.Create(CultureInfo.InvariantCulture, $"[{SmoothingValue(options):F2}]") : "";
        return string.Create(CultureInfo.InvariantCulture, $"nrefs:{references}|case:{(options.Lowercase ? "lc" : "mixed")}|eff:{(options.EffectiveOrder ? "yes" : "no")}")
            + $"|tok:{tokenizer}|smooth:{smoothing}|version:assay-{AssayVersion.Text}";
    }

    static double LogPrecisions(ReadOnlySpan<double> matches, ReadOnlySpan<double> totals, BleuOptions options, out int orders)
    {
        orders = options.MaxOrder;
        var (value, halving, sum, counted) = (SmoothingValue(options), 1.0, 0.0, 0);
        for (var n = 0; n < options.MaxOrder; n++)
        {
            var added = options.Smoothing == BleuSmoothing.AddK && n > 0 ? value : 0;
            var (match, total) = (matches[n] + added, totals[n] + added);
            if (total == 0)
            {
                break;
            }

            orders = options.EffectiveOrder ? n + 1 : orders;
            halving *= match == 0 && options.Smoothing == BleuSmoothing.Exponential ? 2 : 1;
            var precision = match != 0 ? 100 * match / total
                : options.Smoothing == BleuSmoothing.Exponential ? 100 / (halving * total)
                : options.Smoothing == BleuSmoothing.Floor ? 100 * value / total : 0;
            sum += precision == 0 ? LogOfZero : Math.Log(precision);
            counted++;
        }

        return sum + ((orders - counted) * LogOfZero);
    }

    static double SmoothingValue(BleuOptions options) => options.SmoothingValue ?? (options.Smoothing == BleuSmoothing.Floor ? 0.1 : 1);

    // The reference length nearest to the hypothesis', the shorter of two that are as near.
    static int Nearest(int[][] texts) => texts.Skip(1).Select(text => text.Length).MinBy(length => (Math.Abs(length - texts[0].Length), length));

    static int[] Tokens(string text, BleuOptions options, WordNumbers words)
    {
        text = Prepare(text, options);
        return options.Tokenizer == BleuTokenizer.Character
            ? UnicodeText.CodePoints(text, keepSpace: false)
            : words.Split(BleuTokens.Split(text, options.Tokenizer));
    }

    static string Prepare(string text, BleuOptions options) => UnicodeText.TrimEnd(options.Lowercase ? UnicodeText.Lower(text) : text);
}
