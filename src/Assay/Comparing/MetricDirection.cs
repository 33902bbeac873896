namespace Assay.Comparing;

/// <summary>Whether more of a metric is better: records do not tell.</summary>
static class MetricDirection
{
    static readonly string[] _lowerIsBetter =
    [
        "ter", "wer", "cer", "brier", "brier_score", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "log_loss", "loss",
        "absolute_error", "mae", "mse", "rmse", "seconds", "input_tokens", "output_tokens", "cost",
    ];

    // Of these the score of all samples is not the mean of single ones.
    static readonly string[] _notMeans = ["bleu", "chrf", "ter", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "mcc"];

    /// <summary>A variant after a slash goes with its metric.</summary>
    public static bool HigherIsBetter(string metric, ComparisonOptions options) =>
        !_lowerIsBetter.Contains(Base(metric)) && !options.LowerIsBetter.Contains(metric) && !options.LowerIsBetter.Contains(Base(metric));

    public static bool IsMean(string metric) => !_notMeans.Contains(Base(metric));

    static string Base(string metric) => metric.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? metric[..slash] : metric;
}
