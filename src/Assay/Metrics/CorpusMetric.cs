namespace Assay.Metrics;

/// <summary>
/// A metric of texts that sums up: each segment (a line, an answer) is summarised once in a few numbers, and the score of any set of segments is a
/// function of their sums. So parts merge, and resampling needs no text. Made by <see cref="Bleu.Metric"/>, <see cref="Chrf.Metric"/>,
/// <see cref="Ter.Metric"/>, <see cref="Rouge.Metric"/>, <see cref="TokenF1.Metric"/>, <see cref="QuasiExactMatch.Metric"/> and
/// <see cref="WordErrorRate.Metric"/>, or by a user.
/// </summary>
public sealed record CorpusMetric
{
    /// <summary>The largest table of an edit distance or a common subsequence that is computed; about ten seconds.</summary>
    internal const long MostCells = 4_000_000_000;

    /// <summary>As in docs/metrics.md: <c>bleu</c>, <c>chrf</c>, <c>ter</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How many numbers summarise a segment.</summary>
    public required int Width { get; init; }

    /// <summary>Summarises a segment. It may be called from several threads at once.</summary>
    public required SegmentSummary Summarize { get; init; }

    /// <summary>Of the sums of the segments' numbers; NaN where undefined.</summary>
    public required SummaryScore Score { get; init; }

    /// <summary>Why <see cref="Score"/> is NaN when it is.</summary>
    public string ReasonWhenUndefined { get; init; } = "the score is not a number";

    /// <summary>False of error rates.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>All that the score depends on, for so many references; null where the name says it all.</summary>
    public Func<int, string>? Signature { get; init; }

    // A mean of one score a segment, the best over its references, as a metric that sums up.
    internal static CorpusMetric Mean(string name, Func<string, string, double> score, string reasonWhenUndefined = "") => new()
    {
        Name = name,
        Width = 2,
        Summarize = (hypothesis, references, numbers) =>
        {
            var best = double.NegativeInfinity;
            foreach (var reference in references)
            {
                best = Math.Max(best, score(hypothesis, reference));
            }

            (numbers[0], numbers[1]) = (best, 1);
        },
        Score = sums => sums[0] / sums[1],
        ReasonWhenUndefined = reasonWhenUndefined,
    };
}

/// <summary>Writes the numbers of a segment, <see cref="CorpusMetric.Width"/> of them.</summary>
/// <param name="hypothesis">What was written.</param>
/// <param name="references">What should have been written: at least one text.</param>
/// <param name="numbers">Holds anything before the call.</param>
public delegate void SegmentSummary(string hypothesis, ReadOnlySpan<string> references, Span<double> numbers);

/// <summary>The score of summed numbers; it does not keep the span.</summary>
public delegate double SummaryScore(ReadOnlySpan<double> sums);
