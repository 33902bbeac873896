using System.Globalization;
using Assay.Metrics;
using Assay.Statistics;

namespace Assay.Scoring;

/// <summary>Estimates of metrics that sum up over segments, by resampling segments: their texts are not needed again.</summary>
public static class CorpusEstimates
{
    /// <summary>The score with its BCa interval.</summary>
    public static Estimate Of(CorpusStatistics statistics, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentNullException.ThrowIfNull(options);
        var replicates = CorpusResamples.Draw([statistics], options, cancellationToken)[0];
        return Make(statistics.Metric.Name, statistics, statistics.Score(), replicates, CorpusResamples.LeaveOneOut(statistics));
    }

    /// <summary>
    /// The paired bootstrap: every resample draws the same segments of both systems. The p-value is two-sided, of no difference: how often a resampled
    /// difference is as far from the observed one as that is from 0. Source: Koehn 2004; Efron and Tibshirani 1993, chapter 16.
    /// </summary>
    /// <exception cref="ArgumentException">The two are not of the same metric and number of segments.</exception>
    public static CorpusComparison Compare(
        CorpusStatistics system, CorpusStatistics baseline, EstimateOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(options);
        if (system.Count != baseline.Count || system.Metric.Name != baseline.Metric.Name || system.Metric.Width != baseline.Metric.Width)
        {
            throw new ArgumentException(
                $"{system.Count} segments of '{system.Metric.Name}' and {baseline.Count} of '{baseline.Metric.Name}'; expected the same.", nameof(baseline));
        }

        var name = system.Metric.Name;
        var replicates = CorpusResamples.Draw([system, baseline], options, cancellationToken);
        double[][] leftOut = [CorpusResamples.LeaveOneOut(system), CorpusResamples.LeaveOneOut(baseline)];
        var (score, baselineScore) = (system.Score(), baseline.Score());
        var difference = score.IsDefined && baselineScore.IsDefined ? new MetricValue(score.Value - baselineScore.Value, null) : score.IsDefined ? baselineScore : score;
        double[] differences = [.. replicates[0].Zip(replicates[1], (one, other) => one - other)];
        double[] differencesLeftOut = [.. leftOut[0].Zip(leftOut[1], (one, other) => one - other)];
        return new CorpusComparison(
            Make(name, system, score, replicates[0], leftOut[0]),
            Make(name, baseline, baselineScore, replicates[1], leftOut[1]),
            Make($"{name}/difference", system, difference, differences, differencesLeftOut) with { Stage = "compare" },
            Probability(name, system.Count, difference, differences));
    }

    static Estimate Make(string name, CorpusStatistics statistics, MetricValue score, double[] replicates, double[] leftOut)
    {
        var estimate = new Estimate { Metric = name, Definition = name, N = statistics.Count };
        if (!score.IsDefined)
        {
            return estimate with { Reason = score.Reason };
        }

        estimate = estimate with { Value = score.Value };
        double[] defined = [.. replicates.Where(double.IsFinite).Order()];
        return defined.Length == 0 || defined[0] == defined[^1]
            ? estimate with { Reason = "all resamples give the same score, so there is no interval" }
            : estimate.With(BcaInterval.Of(score.Value, defined, BcaInterval.Acceleration(leftOut), 0.95));
    }

    static Estimate Probability(string name, int segments, MetricValue difference, double[] differences)
    {
        var estimate = new Estimate { Metric = $"{name}/p_value", Definition = $"{name}/p_value", N = segments, Stage = "compare" };
        if (!difference.IsDefined)
        {
            return estimate with { Reason = difference.Reason };
        }

        double[] defined = [.. differences.Where(double.IsFinite)];
        var asFar = defined.Count(value => Math.Abs(value - difference.Value) >= Math.Abs(difference.Value));
        return estimate with
        {
            Value = (asFar + 1.0) / (defined.Length + 1),
            Reason = string.Create(CultureInfo.InvariantCulture, $"paired bootstrap of {defined.Length} resamples, two-sided; a p-value has no interval"),
        };
    }
}

/// <summary>Two systems on the same segments.</summary>
/// <param name="System">The score of the one.</param>
/// <param name="Baseline">The score of the other.</param>
/// <param name="Difference">The first less the second, <c>metric/difference</c>.</param>
/// <param name="PValue"><c>metric/p_value</c> of no difference.</param>
public sealed record CorpusComparison(Estimate System, Estimate Baseline, Estimate Difference, Estimate PValue);
