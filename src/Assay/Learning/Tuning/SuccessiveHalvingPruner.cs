using System.Text.Json.Nodes;

namespace Assay.Learning.Tuning;

/// <summary>
/// Asynchronous successive halving: at the steps MinResource, MinResource * factor, MinResource * factor² and so on (the rungs) a trial goes on
/// only when it is among the best of 1/factor of the trials that have reached the rung. Sources: Li et al., "A system for massively parallel
/// hyperparameter tuning", 2020; Optuna's SuccessiveHalvingPruner with min_resource=1; its automatic one is the same up to 199 steps, once a trial is completed.
/// </summary>
public sealed record SuccessiveHalvingPruner : Pruner
{
    /// <summary>The step of the first rung. Default 1.</summary>
    public int MinResource { get; init; } = 1;

    /// <summary>One in so many goes on from each rung. Default 4.</summary>
    public int ReductionFactor { get; init; } = 4;

    /// <summary>Rungs left out at the start. Default 0.</summary>
    public int MinEarlyStoppingRate { get; init; }

    /// <summary>None goes on from a rung before more trials than this have reached it. Default 0.</summary>
    public int BootstrapCount { get; init; }

    internal override bool Prunes(Direction direction, ArraySegment<Trial> known, List<IntermediateValue> own, List<double> rungs)
    {
        var (step, value) = own[^1];
        while (step >= MinResource * Math.Pow(ReductionFactor, MinEarlyStoppingRate + rungs.Count))
        {
            if (double.IsNaN(value))
            {
                return true;
            }

            var rung = rungs.Count;
            rungs.Add(value);
            var sign = direction == Direction.Minimise ? 1 : -1;
            var reached = known.Where(trial => trial.Rungs.Length > rung).Select(trial => sign * trial.Rungs[rung]).Append(sign * value).Order().ToArray();
            if (reached.Length <= BootstrapCount || sign * value > reached[Math.Max((reached.Length / ReductionFactor) - 1, 0)])
            {
                return true;
            }
        }

        return false;
    }

    internal override JsonObject Describe() => new()
    {
        ["name"] = "successive_halving",
        ["min_resource"] = MinResource,
        ["reduction_factor"] = ReductionFactor,
        ["min_early_stopping_rate"] = MinEarlyStoppingRate,
        ["bootstrap_count"] = BootstrapCount,
    };

    internal override IEnumerable<string> Problems() =>
    [
        .. AtLeast(1, "Successive halving's min_resource", MinResource),
        .. AtLeast(2, "Successive halving's reduction_factor", ReductionFactor),
        .. AtLeast(0, "Successive halving's min_early_stopping_rate", MinEarlyStoppingRate),
        .. AtLeast(0, "Successive halving's bootstrap_count", BootstrapCount),
    ];
}
