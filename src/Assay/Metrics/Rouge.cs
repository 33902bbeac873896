using System.Buffers;
using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>
/// ROUGE of runs of a-z and 0-9 in lower case, without stemming. Sources: Lin 2004; Google's rouge_score, whose every choice this follows. Text in
/// other scripts has no words, and so no score but 0.
/// </summary>
public static class Rouge
{
    const string Reason = "a segment is too long to find the longest common subsequence";

    static readonly SearchValues<char> _letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>The metrics <c>rouge1</c> to <c>rouge9</c>, <c>rougeL</c>, <c>rougeLsum</c>: the mean of F over segments, of the best over the references.</summary>
    public static CorpusMetric Metric(string name) => name switch
    {
        "rougeL" => CorpusMetric.Mean(name, (hypothesis, reference) => Longest(reference, hypothesis).F, Reason),
        "rougeLsum" => CorpusMetric.Mean(name, (hypothesis, reference) => LongestOfLines(reference, hypothesis).F, Reason),
        ['r', 'o', 'u', 'g', 'e', >= '1' and <= '9' and var n] => CorpusMetric.Mean(name, (hypothesis, reference) => Ngrams(reference, hypothesis, n - '0').F),
        _ => throw new ArgumentException($"'{name}' is no ROUGE; expected rouge1 to rouge9, rougeL or rougeLsum.", nameof(name)),
    };

    /// <summary>ROUGE-n: n-grams that both have.</summary>
    public static RougeScore Ngrams(string reference, string hypothesis, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var words = new WordNumbers();
        var index = new NgramIndex([Words(reference, words), Words(hypothesis, words)]);
        for (var order = 0; order < n; order++)
        {
            index.Advance();
        }

        return RougeScore.Of(NgramIndex.Matches(index.Counts(0), index.Counts(1)), index.Total(0), index.Total(1));
    }

    /// <summary>ROUGE-L: the longest common subsequence of words. NaN when the texts are too long for its table.</summary>
    public static RougeScore Longest(string reference, string hypothesis)
    {
        var words = new WordNumbers();
        var (wanted, found) = (Words(reference, words), Words(hypothesis, words));
        return (long)wanted.Length * found.Length > CorpusMetric.MostCells
            ? RougeScore.Undefined
            : RougeScore.Of(CommonSubsequence.Length(wanted, found), wanted.Length, found.Length);
    }

    /// <summary>ROUGE-Lsum: lines are sentences; a word of a reference's sentence counts when it is in the longest subsequence with any sentence.</summary>
    public static RougeScore LongestOfLines(string reference, string hypothesis)
    {
        var words = new WordNumbers();
        var (wanted, found) = (Lines(reference, words), Lines(hypothesis, words));
        var (total, foundTotal) = (wanted.Sum(line => line.Length), found.Sum(line => line.Length));
        if ((long)total * foundTotal > Array.MaxLength)
        {
            return RougeScore.Undefined;
        }

        var (left, foundLeft) = (Counts(wanted), Counts(found));
        var hits = 0;
        foreach (var line in wanted)
        {
            var isCommon = new bool[line.Length];
            foreach (var other in found)
            {
                CommonSubsequence.Mark(line, other, isCommon);
            }

            for (var i = 0; i < line.Length; i++)
            {
                if (isCommon[i] && left[line[i]] > 0 && foundLeft.GetValueOrDefault(line[i]) > 0)
                {
                    hits++;
                    left[line[i]]--;
                    foundLeft[line[i]]--;
                }
            }
        }

        return RougeScore.Of(hits, total, foundTotal);
    }

    static Dictionary<int, int> Counts(int[][] lines) => lines.SelectMany(line => line).CountBy(word => word).ToDictionary();

    static int[][] Lines(string text, WordNumbers words) => [.. text.Split('\n', StringSplitOptions.None).Where(line => line.Length > 0).Select(line => Words(line, words))];

    static int[] Words(string text, WordNumbers words)
    {
        var result = new List<int>();
        var rest = UnicodeText.Lower(text).AsSpan();
        while (rest.IndexOfAny(_letters) is >= 0 and var start)
        {
            rest = rest[start..];
            var length = rest.IndexOfAnyExcept(_letters);
            length = length < 0 ? rest.Length : length;
            result.Add(words.Of(rest[..length]));
            rest = rest[length..];
        }

        return [.. result];
    }
}

/// <summary>What two texts share, as a part of either and as F1; 0 to 1, and 0 where there is nothing to share.</summary>
/// <param name="Precision">Part of the hypothesis.</param>
/// <param name="Recall">Part of the reference.</param>
/// <param name="F">The harmonic mean.</param>
public readonly record struct RougeScore(double Precision, double Recall, double F)
{
    internal static RougeScore Undefined => new(double.NaN, double.NaN, double.NaN);

    internal static RougeScore Of(double shared, int reference, int hypothesis)
    {
        var (precision, recall) = (shared / Math.Max(hypothesis, 1), shared / Math.Max(reference, 1));
        return new RougeScore(precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);
    }
}
