using System.Collections.Immutable;

namespace Assay.Learning.Tuning;

/// <summary>The best trials apart from the rest, as Optuna 4 parts them.</summary>
public static class TpeSplit
{
    const double BestShare = 0.1;
    const int MostBest = 25;

    /// <summary>Completed trials come first, by value; then pruned ones, by their furthest step and the value there. Both parts keep the order of the numbers.</summary>
    /// <param name="ended">Completed and pruned trials, by number.</param>
    /// <param name="direction">Which values are better.</param>
    public static (ImmutableArray<Trial> Below, ImmutableArray<Trial> Above) Of(IReadOnlyCollection<Trial> ended, Direction direction)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var sign = direction == Direction.Minimise ? 1 : -1;
        var count = Math.Min((int)Math.Ceiling(BestShare * ended.Count), MostBest);
        var ranked = ended.OrderBy(trial => trial.State != TrialState.Completed)
            .ThenBy(trial => trial.State == TrialState.Completed ? sign * trial.Value : -LastStep(trial))
            .ThenBy(trial => trial.State == TrialState.Completed ? 0 : LastValue(trial, sign))
            .ToArray();
        return ([.. ranked.Take(count).OrderBy(trial => trial.Number)], [.. ranked.Skip(count).OrderBy(trial => trial.Number)]);
    }

    static int LastStep(Trial trial) => trial.Intermediates.IsEmpty ? -1 : trial.Intermediates[^1].Step;

    static double LastValue(Trial trial, int sign) =>
        trial.Intermediates is [.., { Value: var value }] && !double.IsNaN(value) ? sign * value : double.PositiveInfinity;
}
