namespace Assay.Learning.Tuning;

/// <summary>
/// How good the best trial of a cross-validated study is without the flattery of having been picked (the winner's curse), at no further cost: for each fold the
/// trial that is best on the other folds is judged on this one, and these scores are averaged. Picking and judging never share a fold. What it leaves:
/// the folds share training rows, and the settings themselves were proposed by all folds; <see cref="NestedStudy"/> leaves neither. Source: the idea is
/// Varma and Simon, "Bias in error estimation when using cross-validation for model selection", 2006.
/// </summary>
/// <param name="Value">What to expect of the setting that such a study picks.</param>
/// <param name="Optimism">How much better the best trial's own mean looks; 0 when every fold left out picks the same trial. May be negative by chance.</param>
/// <param name="Switches">Of how many folds another trial is best on the other folds.</param>
public sealed record WinnerEstimate(double Value, double Optimism, int Switches)
{
    /// <summary>Null without a completed trial, or when trials have fewer than two scores.</summary>
    public static WinnerEstimate? Of(StudyResult study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Best is not { Scores.Length: >= 2 } best)
        {
            return null;
        }

        var (sign, folds) = (study.Direction == Direction.Minimise ? 1 : -1, best.Scores.Length);
        var trials = study.Completed.Where(trial => trial.Scores.Length == folds && trial.Scores.All(double.IsFinite)).ToArray();
        if (trials.Length == 0)
        {
            return null;
        }

        var overall = Winner(trials, sign, -1);
        var winners = Enumerable.Range(0, folds).Select(fold => Winner(trials, sign, fold)).ToArray();
        var value = winners.Select((winner, fold) => winner.Scores[fold]).Average();
        return new WinnerEstimate(value, sign * (value - overall.Scores.Average()), winners.Count(winner => winner.Number != overall.Number));
    }

    static Trial Winner(Trial[] trials, int sign, int leftOut) => trials.MinBy(trial => sign * trial.Scores.Where((_, fold) => fold != leftOut).Sum())!;
}
