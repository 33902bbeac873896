using Assay.Statistics;

namespace Assay.Learning.Tuning;

/// <summary>Whether the best trial is better than the default setting, or only looks so.</summary>
/// <param name="Test">Corrected resampled t-test of best minus default, fold by fold; its p-value is that of these two alone.</param>
/// <param name="Compared">Settings that the best one was picked among, without the default.</param>
/// <param name="AdjustedP">The p-value times that number, 1 at most: the best of so many is a smallest p-value (Bonferroni). NaN where the test is undefined.</param>
public sealed record DefaultComparison(TestResult Test, int Compared, double AdjustedP)
{
    /// <summary>Below this a difference is taken for one.</summary>
    public const double Level = 0.05;

    /// <summary>Whether the two differ; where not, they are indistinguishable and the default is to be kept.</summary>
    public bool Differs => AdjustedP < Level;

    /// <summary>Null when the default was not completed, is the best itself, or the two have no scores per fold.</summary>
    /// <param name="study">Its trial 0 is the default.</param>
    /// <param name="testShareOfTrain">As of <see cref="CorrectedResampledT.Test"/>.</param>
    public static DefaultComparison? Of(StudyResult study, double testShareOfTrain)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Trials is not [{ State: TrialState.Completed } start, ..] || study.Best is not { Number: > 0 } best || start.Scores.IsEmpty || best.Scores.Length != start.Scores.Length)
        {
            return null;
        }

        var test = CorrectedResampledT.Test([.. best.Scores.Zip(start.Scores, (one, other) => one - other)], testShareOfTrain);
        return new DefaultComparison(test, study.Settings - 1, Math.Min(1, test.PValue * (study.Settings - 1)));
    }
}
