using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>
/// Word error rate: the edit distance of words over the words of the reference, summed over segments; it can be above 1. The numbers of a segment are
/// the edits and the reference's words, of several references those with the lowest rate. Texts are compared as they are.
/// </summary>
public static class WordErrorRate
{
    /// <summary>The metric <c>wer</c>; undefined when the references have no words.</summary>
    public static CorpusMetric Metric() => new()
    {
        Name = "wer",
        Width = 2,
        Summarize = Summarize,
        Score = Score,
        HigherIsBetter = false,
        ReasonWhenUndefined = "the references have no words, or a segment is too long to compare word by word",
    };

    /// <summary>Writes the numbers of a segment; NaN when it is too long.</summary>
    public static void Summarize(string hypothesis, ReadOnlySpan<string> references, Span<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        var words = new WordNumbers();
        var written = words.Split(hypothesis);
        var best = double.PositiveInfinity;
        foreach (var text in references)
        {
            var reference = words.Split(text);
            var edits = (long)written.Length * reference.Length > CorpusMetric.MostCells ? double.NaN : EditDistance.Levenshtein(written, reference);
            var rate = edits / Math.Max(1, reference.Length);
            if (!(rate >= best))
            {
                (best, numbers[0], numbers[1]) = (rate, edits, reference.Length);
            }
        }
    }

    /// <summary>Of the sums over the segments; NaN without reference words.</summary>
    public static double Score(ReadOnlySpan<double> sums) => sums[1] > 0 ? sums[0] / sums[1] : double.NaN;
}
