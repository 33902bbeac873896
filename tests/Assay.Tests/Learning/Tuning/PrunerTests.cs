using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

// optuna 3.1.0, MedianPruner and SuccessiveHalvingPruner (min_resource=1 where nothing else is said) over 24 trials one after the other: the step at which each was pruned, 0 where it was not. The
// rules are those of Optuna 4.
public class PrunerTests
{
    [Theory]
    [InlineData(Direction.Minimise, new[] { 0, 0, 0, 0, 0, 0, 1, 7, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1 })]
    [InlineData(Direction.Maximise, new[] { 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0 })]
    public async Task The_median_prunes_as_optuna(Direction direction, int[] expected) => Assert.Equal(expected, await PrunedAt(new MedianPruner(), direction, 10));

    [Theory]
    [InlineData(Direction.Minimise, new[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 3 })]
    [InlineData(Direction.Maximise, new[] { 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0 })]
    public async Task The_median_waits_as_it_is_told(Direction direction, int[] expected) => Assert.Equal(
        expected, await PrunedAt(new MedianPruner { StartupTrials = 3, WarmupSteps = 3, IntervalSteps = 3, MinTrials = 4 }, direction, 10));

    [Theory]
    [InlineData(Direction.Minimise, new[] { 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 4, 1, 4, 1, 16, 1, 4, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(Direction.Maximise, new[] { 0, 1, 4, 1, 4, 1, 4, 1, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 16, 1, 4, 1, 4 })]
    public async Task Halving_prunes_as_optuna(Direction direction, int[] expected) => Assert.Equal(expected, await PrunedAt(new SuccessiveHalvingPruner(), direction, 16));

    [Theory]
    [InlineData(Direction.Minimise, new[] { 4, 4, 4, 8, 4, 4, 8, 4, 4, 16, 4, 4, 8, 4, 8, 16, 4, 8, 4, 4, 0, 4, 8, 8 })]
    [InlineData(Direction.Maximise, new[] { 4, 4, 4, 4, 4, 8, 4, 8, 8, 4, 8, 16, 4, 8, 4, 4, 8, 4, 16, 8, 4, 8, 4, 4 })]
    public async Task Halving_takes_its_settings(Direction direction, int[] expected) => Assert.Equal(
        expected,
        await PrunedAt(new SuccessiveHalvingPruner { MinResource = 2, ReductionFactor = 2, MinEarlyStoppingRate = 1, BootstrapCount = 2 }, direction, 16));

    [Theory]
    [InlineData(Direction.Minimise, new[] { 0, 0, 0, 16, 16, 8, 8, 8, 0, 0, 16, 8, 8, 8, 8, 16, 0, 8, 8, 8, 8, 16, 8, 8 })]
    [InlineData(Direction.Maximise, new[] { 0, 8, 8, 8, 8, 16, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8 })]
    public async Task Halving_passes_several_rungs_at_one_report(Direction direction, int[] expected) =>
        Assert.Equal(expected, await PrunedAt(new SuccessiveHalvingPruner { ReductionFactor = 2 }, direction, 16, every: 8));

    [Fact]
    public async Task What_is_never_defined_is_pruned()
    {
        Assert.All((await Run(new SuccessiveHalvingPruner(), _ => double.NaN)).Trials, trial => Assert.Equal((TrialState.Pruned, 1), (trial.State, trial.Intermediates.Length)));
        var median = await Run(new MedianPruner { StartupTrials = 2 }, number => number < 2 ? 1 : double.NaN);
        Assert.All(median.Trials[2..], trial => Assert.Equal((TrialState.Pruned, 1), (trial.State, trial.Intermediates.Length)));
        Assert.Equal(0, (await Run(new NoPruner(), _ => double.NaN)).Count(TrialState.Pruned));
    }

    [Fact]
    public void Wrong_settings_are_told_at_once()
    {
        Assert.Equal(4, Options(new SuccessiveHalvingPruner { MinResource = 0, ReductionFactor = 1, MinEarlyStoppingRate = -1, BootstrapCount = -1 }).Problems().Length);
        Assert.Equal(4, Options(new MedianPruner { StartupTrials = -1, WarmupSteps = -1, IntervalSteps = 0, MinTrials = 0 }).Problems().Length);
    }

    static double Value(int trial, int step) => ((trial * 7919) + (step * 104729) + (trial * step * 613)) % 1000 / 1000.0;

    static async Task<int[]> PrunedAt(Pruner pruner, Direction direction, int steps, int every = 1)
    {
        var study = await Study.RunAsync(
            Options(pruner) with { Direction = direction, Trials = 24 },
            (trial, _) =>
            {
                for (var step = every; step <= steps && !trial.Report(step, Value(trial.Number, step)); step += every)
                {
                }

                return ValueTask.FromResult(Value(trial.Number, steps));
            },
            1,
            null,
            null,
            TestContext.Current.CancellationToken);
        return [.. study.Trials.Select(trial => trial.State == TrialState.Pruned ? trial.Intermediates[^1].Step : 0)];
    }

    static Task<StudyResult> Run(Pruner pruner, Func<int, double> value) => Study.RunAsync(
        Options(pruner) with { Trials = 5 },
        (trial, _) =>
        {
            for (var step = 1; step <= 3 && !trial.Report(step, value(trial.Number)); step++)
            {
            }

            return ValueTask.FromResult(1.0);
        },
        1,
        null,
        null,
        TestContext.Current.CancellationToken);

    static StudyOptions Options(Pruner pruner) =>
        new() { Space = new SearchSpace([new Uniform("x", 0, 1)]), Sampler = new RandomSampler(), Pruner = pruner, Window = 1 };
}
