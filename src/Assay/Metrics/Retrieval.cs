namespace Assay.Metrics;

/// <summary>
/// Metrics of one ranked list of items that are relevant or not; the mean over queries is the MRR, the MAP@k and so on. Items with equal
/// scores keep their order in the input.
/// </summary>
public static class Retrieval
{
    const string NoneRelevant = "no item is relevant";

    /// <summary>1 / place of the first relevant item, 0 when it is not among the first k. Undefined when no item is relevant.</summary>
    /// <param name="scores">Of each item; higher ranks first.</param>
    /// <param name="relevant">Whether each item is relevant.</param>
    /// <param name="k">Only the first so many places count; null: all.</param>
    public static MetricValue ReciprocalRank(ReadOnlySpan<double> scores, ReadOnlySpan<bool> relevant, int? k = null)
    {
        var ranked = Ranked(scores, relevant, k, out var defect);
        var place = Array.IndexOf(ranked, true);
        return defect is null ? MetricValue.Of(place < 0 ? 0 : 1.0 / (place + 1)) : MetricValue.Undefined(defect);
    }

    /// <summary>
    /// The mean of the precision at the places of the relevant items, those beyond k counting 0; divided by min(k, relevant items), so that
    /// 1 can be reached.
    /// </summary>
    /// <inheritdoc cref="ReciprocalRank"/>
    public static MetricValue AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> relevant, int? k = null)
    {
        var ranked = Ranked(scores, relevant, k, out var defect);
        if (defect is not null)
        {
            return MetricValue.Undefined(defect);
        }

        var (sum, hits) = (0.0, 0);
        for (var place = 0; place < ranked.Length; place++)
        {
            hits += ranked[place] ? 1 : 0;
            sum += ranked[place] ? hits / (place + 1.0) : 0;
        }

        return MetricValue.Of(sum / Math.Min(ranked.Length, relevant.Count(true)));
    }

    /// <summary>1 when any of the first k items is relevant, else 0.</summary>
    /// <inheritdoc cref="ReciprocalRank"/>
    public static MetricValue Hit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> relevant, int? k = null)
    {
        var ranked = Ranked(scores, relevant, k, out var defect);
        return defect is null ? MetricValue.Of(ranked.Contains(true) ? 1 : 0) : MetricValue.Undefined(defect);
    }

    /// <summary>Of the relevant items, the share among the first k.</summary>
    /// <inheritdoc cref="ReciprocalRank"/>
    public static MetricValue Recall(ReadOnlySpan<double> scores, ReadOnlySpan<bool> relevant, int? k = null)
    {
        var ranked = Ranked(scores, relevant, k, out var defect);
        return defect is null ? MetricValue.Of((double)ranked.AsSpan().Count(true) / relevant.Count(true)) : MetricValue.Undefined(defect);
    }

    /// <summary>Of the first k items, the share that is relevant; a list shorter than k is divided by its length.</summary>
    /// <inheritdoc cref="ReciprocalRank"/>
    public static MetricValue Precision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> relevant, int? k = null)
    {
        var ranked = Ranked(scores, relevant, k, out var defect);
        return defect is null ? MetricValue.Of((double)ranked.AsSpan().Count(true) / ranked.Length) : MetricValue.Undefined(defect);
    }

    static bool[] Ranked(ReadOnlySpan<double> scores, ReadOnlySpan<bool> relevant, int? k, out string? defect)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(relevant.Length, scores.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k ?? 1, nameof(k));
        var keys = scores.ToArray();
        defect = Array.Exists(keys, double.IsNaN) ? "a score is not a number" : !relevant.Contains(true) ? NoneRelevant : null;
        var isRelevant = relevant.ToArray();
        return [.. Enumerable.Range(0, keys.Length).OrderByDescending(item => keys[item]).Take(k ?? keys.Length).Select(item => isRelevant[item])];
    }
}
