using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>
/// F1 of the words that an answer and a reference share, each as often as both have it, after lower case and without punctuation and articles. Source:
/// SQuAD's evaluate-v2.0.py.
/// </summary>
public static class TokenF1
{
    /// <summary>The metric <c>token_f1</c>: the mean over segments of the best over the references.</summary>
    public static CorpusMetric Metric() => CorpusMetric.Mean("token_f1", Score);

    /// <summary>0 to 1. Without words on one side 0, on both 1.</summary>
    public static double Score(string answer, string reference)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(reference);
        var words = new WordNumbers();
        int[][] texts = [words.Split(AnswerText.Normalize(answer)), words.Split(AnswerText.Normalize(reference))];
        if (texts[0].Length == 0 || texts[1].Length == 0)
        {
            return texts[0].Length == texts[1].Length ? 1 : 0;
        }

        var index = new NgramIndex(texts);
        index.Advance();
        double shared = NgramIndex.Matches(index.Counts(0), index.Counts(1));
        if (shared == 0)
        {
            return 0;
        }

        var (precision, recall) = (shared / texts[0].Length, shared / texts[1].Length);
        return 2 * precision * recall / (precision + recall);
    }
}
