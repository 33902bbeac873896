using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>Whether two answers are the same after lower case, without punctuation of ASCII and articles, with single blanks. Source: HELM.</summary>
public static class QuasiExactMatch
{
    /// <summary>The metric <c>quasi_exact_match</c>: the share of segments that match one of their references.</summary>
    public static CorpusMetric Metric() => CorpusMetric.Mean("quasi_exact_match", Score);

    /// <summary>1 or 0; an answer that is empty to begin with never matches.</summary>
    public static double Score(string answer, string reference)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(reference);
        return answer.Length > 0 && AnswerText.Normalize(answer) == AnswerText.Normalize(reference) ? 1 : 0;
    }
}
