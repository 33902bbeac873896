using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>Estimates of metrics that are made of the log-likelihoods of all samples together.</summary>
static class LikelihoodEstimates
{
    /// <summary>Whether a metric is one of these.</summary>
    public static bool Knows(string metric) => metric is "perplexity" or "word_perplexity" or "byte_perplexity" or "bits_per_byte" or "f1" or "mcc";

    /// <summary>From the log-likelihood per document, word or byte: exp(-x), or -x / ln 2.</summary>
    public static double Value(string metric, double logLikelihood) => metric == "bits_per_byte" ? -logLikelihood / Math.Log(2) : Math.Exp(-logLikelihood);

    /// <summary>The estimate of the scored samples.</summary>
    public static Estimate Of(string metric, MetricScores scored, EstimateOptions options, CancellationToken cancellationToken)
    {
        var estimate = new Estimate { Metric = metric, Definition = metric, N = scored.Count };
        var (first, second) = (new double[scored.Count], new double[scored.Count]);
        for (var i = 0; i < first.Length; i++)
        {
            (first[i], second[i]) = (scored.NumbersOf(i)[0], scored.NumbersOf(i)[1]);
        }

        return metric is "f1" or "mcc" ? OfChoices(estimate, first, second, options, cancellationToken) : OfRatio(estimate, first, second);
    }

    // The sum of the log-likelihoods over the sum of the documents, words or bytes; the interval of the ratio goes through the exponential.
    static Estimate OfRatio(Estimate estimate, double[] logLikelihoods, double[] lengths)
    {
        estimate = estimate with { Value = Value(estimate.Metric, logLikelihoods.Sum() / lengths.Sum()) };
        return RatioInterval.Delta(logLikelihoods, lengths) is { } interval
            ? estimate.With(new Interval(Value(estimate.Metric, interval.High), Value(estimate.Metric, interval.Low), interval.Method))
            : estimate with { Reason = "an interval needs two samples" };
    }

    static Estimate OfChoices(Estimate estimate, double[] gold, double[] predicted, EstimateOptions options, CancellationToken cancellationToken)
    {
        var classes = (int)Math.Max(gold.Max(), predicted.Max()) + 1;
        if (estimate.Metric == "f1" && classes > 2)
        {
            return estimate with { Reason = "f1 is of two choices, and a sample has more" };
        }

        var matrix = ConfusionMatrix.FromLabels([.. gold.Select(value => (int)value)], [.. predicted.Select(value => (int)value)], Math.Max(2, classes));
        MetricValue Metric(ConfusionMatrix table)
        {
            return estimate.Metric == "f1" ? Classification.F1(table, 1) : Classification.Matthews(table);
        }

        var value = Metric(matrix);
        if (!value.IsDefined)
        {
            return estimate with { Reason = value.Reason };
        }

        var interval = MultinomialBootstrap.Interval(
            matrix.Cells, cells => Metric(ConfusionMatrix.FromCells(cells, matrix.Classes)).Value, new BootstrapOptions { Seed = options.Seed, Rounds = options.Rounds }, cancellationToken);
        estimate = estimate with { Value = value.Value };
        return interval is { } found ? estimate.With(found) : estimate with { Reason = "no interval: every resample is undefined" };
    }
}
