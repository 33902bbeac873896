using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>
/// What a study found. The best trial was picked because its value is good, so that value flatters it: see <see cref="WinnerEstimate"/> and
/// <see cref="NestedStudy"/>.
/// </summary>
/// <param name="Trials">By number.</param>
/// <param name="Direction">Which values are better.</param>
public sealed record StudyResult(ImmutableArray<Trial> Trials, Direction Direction)
{
    /// <summary>The completed trial with the best value, the earliest of equals; null when none was completed.</summary>
    public Trial? Best => Direction == Direction.Minimise ? Completed.MinBy(trial => trial.Value) : Completed.MaxBy(trial => trial.Value);

    /// <summary>How many different settings were tried.</summary>
    public int Settings => Trials.DistinctBy(trial => Setting.Key(trial.Parameters)).Count();

    /// <summary>How many trials ended in such a way.</summary>
    public int Count(TrialState state) => Trials.Count(trial => trial.State == state);

    internal IEnumerable<Trial> Completed => Trials.Where(trial => trial.State == TrialState.Completed);
}
