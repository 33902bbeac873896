using System.Globalization;
using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>
/// chrF and chrF++: the F-score of character n-grams, and of word n-grams too, 0 to 100. The numbers of a segment are, of each order, the n-grams of the
/// hypothesis, of the reference, and the matches; of several references the one with the best score. Sources: Popović 2015 and 2017; sacrebleu 2,
/// whose every choice this follows.
/// </summary>
public static class Chrf
{
    const double Epsilon = 1e-16;

    /// <summary>The metric <c>chrf</c>, or <c>chrf++</c> with word n-grams.</summary>
    /// <param name="options">Null: sacrebleu's defaults.</param>
    public static CorpusMetric Metric(ChrfOptions? options = null)
    {
        var chosen = options ?? new ChrfOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(chosen.CharacterOrder, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(chosen.WordOrder, nameof(options));
        return new CorpusMetric
        {
            Name = "chrf" + new string('+', chosen.WordOrder),
            Width = Width(chosen),
            Summarize = (hypothesis, references, numbers) => Summarize(hypothesis, references, chosen, numbers),
            Score = sums => Score(sums, chosen),
            Signature = references => Signature(references, chosen),
        };
    }

    /// <summary>Writes the numbers of a segment.</summary>
    public static void Summarize(string hypothesis, ReadOnlySpan<string> references, ChrfOptions options, Span<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        ArgumentNullException.ThrowIfNull(options);
        var words = new WordNumbers();
        var (characters, wordTexts) = (new int[references.Length + 1][], new int[references.Length + 1][]);
        for (var i = 0; i <= references.Length; i++)
        {
            var text = i == 0 ? hypothesis : references[i - 1];
            text = options.Lowercase ? UnicodeText.Lower(text) : text;
            characters[i] = UnicodeText.CodePoints(text, options.Whitespace);
            wordTexts[i] = options.WordOrder == 0 ? [] : Words(text, words);
        }

        var all = new double[references.Length * Width(options)];
        Count(characters, options.CharacterOrder, all, Width(options), 0);
        Count(wordTexts, options.WordOrder, all, Width(options), 3 * options.CharacterOrder);
        Best(all, options).CopyTo(numbers);
    }

    /// <summary>0 to 100, of the sums over the segments; 0 when nothing matches.</summary>
    public static double Score(ReadOnlySpan<double> sums, ChrfOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var factor = (double)options.Beta * options.Beta;
        double score = 0, precisions = 0, recalls = 0, effective = 0;
        for (var i = 0; i < sums.Length; i += 3)
        {
            var (hypothesis, reference, matches) = (sums[i], sums[i + 1], sums[i + 2]);
            var precision = hypothesis > 0 ? matches / hypothesis : Epsilon;
            var recall = reference > 0 ? matches / reference : Epsilon;
            var denominator = (factor * precision) + recall;
            score += denominator > 0 ? (1 + factor) * precision * recall / denominator : Epsilon;
            if (hypothesis > 0 && reference > 0)
            {
                precisions += precision;
                recalls += recall;
                effective++;
            }
        }

        if (options.EpsilonSmoothing)
        {
            return 100 * score / (options.CharacterOrder + options.WordOrder);
        }

        if (precisions + recalls == 0)
        {
            return 0;
        }

        (precisions, recalls) = (precisions / effective, recalls / effective);
        return 100 * (1 + factor) * precisions * recalls / ((factor * precisions) + recalls);
    }

    /// <summary>All that a score depends on, in the words of sacrebleu's signature, for so many references.</summary>
    public static string Signature(int references, ChrfOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return string.Create(CultureInfo.InvariantCulture, $"nrefs:{references}|case:{(options.Lowercase ? "lc" : "mixed")}|eff:{(options.EpsilonSmoothing ? "no" : "yes")}")
            + string.Create(CultureInfo.InvariantCulture, $"|nc:{options.CharacterOrder}|nw:{options.WordOrder}|space:{(options.Whitespace ? "yes" : "no")}")
            + $"|version:assay-{AssayVersion.Text}";
    }

    static int Width(ChrfOptions options) => 3 * (options.CharacterOrder + options.WordOrder);

    // Writes the three numbers of each order and reference; text 0 is the hypothesis.
    static void Count(int[][] texts, int orders, Span<double> numbers, int width, int offset)
    {
        var index = new NgramIndex(texts);
        for (var n = 0; n < orders; n++)
        {
            index.Advance();
            var counts = index.Counts(0);
            for (var reference = 1; reference < texts.Length; reference++)
            {
                var total = index.Total(reference);
                var at = ((reference - 1) * width) + offset + (3 * n);
                numbers[at] = total > 0 ? index.Total(0) : 0;
                numbers[at + 1] = total;
                numbers[at + 2] = NgramIndex.Matches(counts, index.Counts(reference));
            }
        }
    }

    static ReadOnlySpan<double> Best(ReadOnlySpan<double> all, ChrfOptions options)
    {
        var (width, best, bestScore) = (Width(options), 0, -1.0);
        for (var at = 0; at < all.Length; at += width)
        {
            var score = Score(all.Slice(at, width), options);
            (best, bestScore) = score > bestScore ? (at, score) : (best, bestScore);
        }

        return all.Slice(best, width);
    }

    // A mark at the end of a word is a word, or else one at its beginning: '(hi)' is '(hi' and ')', as in sacrebleu.
    static int[] Words(string text, WordNumbers words)
    {
        var result = new List<int>();
        var at = 0;
        while (UnicodeText.NextWord(text, ref at, out var word))
        {
            var cut = word.Length == 1 ? 0
                : UnicodeText.AsciiPunctuation.Contains(word[^1]) ? word.Length - 1
                : UnicodeText.AsciiPunctuation.Contains(word[0]) ? 1 : 0;
            if (cut > 0)
            {
                result.Add(words.Of(word[..cut]));
            }

            result.Add(words.Of(word[cut..]));
        }

        return [.. result];
    }
}

/// <summary>How chrF is computed; the defaults are sacrebleu's.</summary>
public sealed record ChrfOptions
{
    /// <summary>The longest n-grams of characters, from 1.</summary>
    public int CharacterOrder { get; init; } = 6;

    /// <summary>The longest n-grams of words; 2 makes it chrF++.</summary>
    public int WordOrder { get; init; }

    /// <summary>How many times as important recall is.</summary>
    public int Beta { get; init; } = 2;

    /// <summary>Compares in lower case.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether white space is part of the n-grams.</summary>
    public bool Whitespace { get; init; }

    /// <summary>Averages F over all orders, one without n-grams counting as almost 0, as chrF++.py does; else over the orders that both texts have.</summary>
    public bool EpsilonSmoothing { get; init; }
}
