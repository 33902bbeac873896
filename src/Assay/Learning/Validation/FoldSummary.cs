using System.Collections.Immutable;
using Assay.Data;
using Assay.Statistics;

namespace Assay.Learning.Validation;

/// <summary>One score a fold in one line: the mean over the folds where it is defined.</summary>
/// <param name="Mean">NaN when no fold has a score.</param>
/// <param name="Interval">
/// Method <c>corrected-resampled-t</c>: folds share training rows, so their variance is widened from s²/J to s² (1/J + test rows / training
/// rows). Source: Nadeau and Bengio 2003. Null below two defined folds.
/// </param>
/// <param name="Folds">Folds with a score.</param>
/// <param name="Undefined">Folds without: their score is not a finite number.</param>
/// <param name="Reason">Why there is no interval, null where there is one.</param>
public sealed record FoldSummary(double Mean, Interval? Interval, int Folds, int Undefined, string? Reason)
{
    /// <summary>The summary of the folds of one cross-validation, repeated or not.</summary>
    /// <param name="scores">One per split; NaN where undefined.</param>
    /// <param name="splits">What they were scored on.</param>
    /// <param name="confidence">Of the interval.</param>
    public static FoldSummary Of(ReadOnlySpan<double> scores, ImmutableArray<Split> splits, double confidence = 0.95)
    {
        RequireOneEach(scores.Length, splits.Length);
        var defined = Array.FindAll(scores.ToArray(), double.IsFinite);
        var undefined = scores.Length - defined.Length;
        if (defined.Length < 2)
        {
            return new FoldSummary(defined.Length == 0 ? double.NaN : defined[0], null, defined.Length, undefined, "an interval needs two folds with a score");
        }

        var (mean, variance) = MeanInterval.Moments(defined);
        var half = MeanInterval.StudentTQuantile(confidence, defined.Length - 1) * Math.Sqrt(variance * ((1.0 / defined.Length) + TestShareOfTrain(splits)));
        return new FoldSummary(mean, new Interval(mean - half, mean + half, "corrected-resampled-t"), defined.Length, undefined, null);
    }

    internal static double TestShareOfTrain(ImmutableArray<Split> splits) => splits.Sum(split => (double)split.Test.Length) / splits.Sum(split => (double)split.Train.Length);

    internal static void RequireOneEach(int scores, int splits)
    {
        if (scores != splits)
        {
            throw new ArgumentException($"There are {scores} scores for {splits} splits.", nameof(scores));
        }
    }
}
