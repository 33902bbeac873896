using Assay.Statistics;

namespace Assay.Comparing;

/// <summary>From differences to verdicts: correction for many tests, the margin, and how many samples an open question needs.</summary>
static class Verdicts
{
    const double Power = 0.8;

    /// <summary>Corrects the p-values together and judges each row.</summary>
    public static ScoreDifference[] Judge(IReadOnlyList<ScoreDifference> rows, ComparisonOptions options, Correct correct)
    {
        var adjusted = correct([.. rows.Select(row => row.P ?? double.NaN)]);
        var tests = rows.Count(row => row.P is not null);
        return [.. rows.Select((row, i) => Judge(row with { AdjustedP = row.P is null ? null : adjusted[i] }, options, tests))];
    }

    /// <summary>Adjusted p-values in the order of the input.</summary>
    public delegate double[] Correct(ReadOnlySpan<double> pValues);

    public static ComparisonVerdict Overall(IReadOnlyCollection<ScoreDifference> rows) =>
        rows.Any(row => row.Verdict == ComparisonVerdict.Worse) ? ComparisonVerdict.Worse
        : rows.Any(row => row.Verdict == ComparisonVerdict.Better) ? ComparisonVerdict.Better
        : rows.Count > 0 && rows.All(row => row.Verdict == ComparisonVerdict.Equivalent) ? ComparisonVerdict.Equivalent
        : ComparisonVerdict.Undecided;

    /// <summary>The row by an interval that holds at all times: p-values of a fixed number of samples do not, after looking.</summary>
    public static ScoreDifference AlwaysValid(ScoreDifference row, Interval interval, double? margin)
    {
        row = row with
        {
            Low = interval.Low,
            High = interval.High,
            Method = interval.Method,
            P = null,
            Test = null,
            AdjustedP = null,
            SamplesToDecide = null,
            FailuresAsWrong = null,
            Reason = "always-valid interval: the difference was looked at after each sample",
        };
        return row with
        {
            Verdict = row.Low > -margin && row.High < margin ? ComparisonVerdict.Equivalent
                : row.IsBetterBy(0) ? ComparisonVerdict.Better
                : IsWorse(row) ? ComparisonVerdict.Worse
                : ComparisonVerdict.Undecided,
        };
    }

    static bool IsWorse(ScoreDifference row) => row.HigherIsBetter ? row.High < 0 : row.Low > 0;

    static ScoreDifference Judge(ScoreDifference row, ComparisonOptions options, int tests)
    {
        var verdict = Of(row, options);
        return row with { Verdict = verdict, SamplesToDecide = verdict == ComparisonVerdict.Undecided ? Needed(row, options, tests) : null };
    }

    static ComparisonVerdict Of(ScoreDifference row, ComparisonOptions options) =>
        row.Low > -options.Margin && row.High < options.Margin ? ComparisonVerdict.Equivalent
        : row.AdjustedP >= options.Alpha || row.AdjustedP is null ? ComparisonVerdict.Undecided
        : row.IsBetterBy(0) ? ComparisonVerdict.Better
        : IsWorse(row) ? ComparisonVerdict.Worse
        : ComparisonVerdict.Undecided;

    // At the level that the strictest step of the correction has: what is not decided here is not called decided there.
    static long? Needed(ScoreDifference row, ComparisonOptions options, int tests)
    {
        var effect = options.Margin ?? Math.Abs(row.Difference ?? 0);
        var alpha = options.Alpha / Math.Max(1, tests);
        if (!row.IsPaired || !(effect > 0) || !double.IsFinite(row.Variance) || row.Variance == 0)
        {
            return null;
        }

        double? discordant = row is { OnlyA: { } a, OnlyB: { } b, Clusters: null } ? (double)(a + b) / row.N : null;
        var needed = PowerAnalysis.Questions(
            new PowerDesign { Alpha = alpha, Power = Power, Discordant = discordant >= effect ? discordant : null, Variance = row.Variance }, effect);
        return needed < long.MaxValue ? (long)Math.Ceiling(needed - 1e-9) : null;
    }
}
