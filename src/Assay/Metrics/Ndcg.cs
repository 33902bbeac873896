namespace Assay.Metrics;

/// <summary>
/// Discounted cumulative gain of one ranked list: gains divided by log2(place + 1). Ties share the mean of their gains (McSherry and Najork
/// 2008), as scikit-learn does. Average over queries outside.
/// </summary>
public static class Ndcg
{
    /// <summary>The gain of the list as it is ranked by the scores.</summary>
    /// <param name="relevance">Of each item, 0 or more for <see cref="Normalized"/>.</param>
    /// <param name="scores">Of each item; higher ranks first.</param>
    /// <param name="k">Only the first so many places count; null: all.</param>
    /// <param name="gain">Linear (scikit-learn), or 2^relevance - 1 (LightGBM, ML.NET).</param>
    public static MetricValue Gain(ReadOnlySpan<double> relevance, ReadOnlySpan<double> scores, int? k = null, RelevanceGain gain = RelevanceGain.Linear)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, relevance.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k ?? 1, nameof(k));
        var (gains, keys) = (new double[scores.Length], new double[scores.Length]);
        for (var item = 0; item < scores.Length; item++)
        {
            gains[item] = gain == RelevanceGain.Linear ? relevance[item] : Math.Pow(2, relevance[item]) - 1;
            keys[item] = -scores[item];
            if (!double.IsFinite(gains[item]) || double.IsNaN(scores[item]))
            {
                return MetricValue.Undefined("a relevance or a score is not a number");
            }
        }

        Array.Sort(keys, gains);
        return gains.Length == 0 ? MetricValue.Undefined("the list is empty") : MetricValue.Of(OfSorted(gains, keys, k ?? gains.Length));
    }

    /// <summary><see cref="Gain"/> / that of the best order, in [0, 1]; undefined when no item is relevant (scikit-learn gives 0).</summary>
    /// <param name="relevance">Of each item, 0 or more.</param>
    /// <param name="scores">Of each item; higher ranks first.</param>
    /// <param name="k">Only the first so many places count; null: all.</param>
    /// <param name="gain">As in <see cref="Gain"/>.</param>
    public static MetricValue Normalized(ReadOnlySpan<double> relevance, ReadOnlySpan<double> scores, int? k = null, RelevanceGain gain = RelevanceGain.Linear)
    {
        foreach (var value in relevance)
        {
            if (value < 0)
            {
                return MetricValue.Undefined("a relevance is negative");
            }
        }

        var (found, best) = (Gain(relevance, scores, k, gain), Gain(relevance, relevance, k, gain));
        return found.IsDefined && best.IsDefined ? MetricValue.Ratio(found.Value, best.Value, "no item is relevant") : found.IsDefined ? best : found;
    }

    static double OfSorted(ReadOnlySpan<double> gains, ReadOnlySpan<double> keys, int k)
    {
        var sum = 0.0;
        for (var from = 0; from < Math.Min(k, gains.Length);)
        {
            var to = from;
            double tiedGains = 0, discounts = 0;
            for (; to < gains.Length && keys[to] == keys[from]; to++)
            {
                tiedGains += gains[to];
                discounts += to < k ? 1 / Math.Log2(to + 2) : 0;
            }

            sum += tiedGains / (to - from) * discounts;
            from = to;
        }

        return sum;
    }
}
