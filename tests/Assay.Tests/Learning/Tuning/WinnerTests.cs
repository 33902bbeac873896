using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

public class WinnerTests
{
    // All settings are equal: what the winner shows is chance. The estimate is right on average, the winner's own mean is not.
    [Theory]
    [InlineData(Direction.Minimise)]
    [InlineData(Direction.Maximise)]
    public void Among_equals_the_estimate_is_the_common_value(Direction direction)
    {
        var random = new SeededRandom(8);
        const int Studies = 2000;
        var (estimate, own) = (0.0, 0.0);
        for (var i = 0; i < Studies; i++)
        {
            var study = Study(direction, [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 5).Select(_ => random.NextNormal()).ToArray())]);
            var winner = WinnerEstimate.Of(study)!;
            estimate += winner.Value / Studies;
            own += study.Best!.Value / Studies;
            Assert.Equal((direction == Direction.Minimise ? 1 : -1) * (winner.Value - study.Best.Value), winner.Optimism, 1e-12);
        }

        // The estimate's variance is that of a mean of five, and more where folds have other winners; four standard errors.
        Assert.Equal(0, estimate, 4 * Math.Sqrt(1.0 / Studies));
        Assert.True(Math.Abs(own) > 0.7);
    }

    [Fact]
    public void A_clear_winner_is_not_flattered()
    {
        var winner = WinnerEstimate.Of(Study(Direction.Minimise, [1, 2, 1.5], [0.1, 0.2, 0.3], [3, 3, 3]))!;
        Assert.Equal((0.2, 0, 0), (Math.Round(winner.Value, 12), winner.Optimism, winner.Switches));
        var close = WinnerEstimate.Of(Study(Direction.Minimise, [1, 0], [0, 1.5]))!;
        Assert.Equal((1.25, 0.75, 1), (close.Value, close.Optimism, close.Switches));
    }

    [Fact]
    public void Without_scores_there_is_no_estimate()
    {
        Assert.Null(WinnerEstimate.Of(Study(Direction.Minimise, [1])));
        Assert.Null(WinnerEstimate.Of(new StudyResult([Settings.Completed(0, 1)], Direction.Minimise)));
        Assert.Null(WinnerEstimate.Of(new StudyResult([Settings.Completed(0, 1, 1, 1) with { State = TrialState.Pruned, Value = double.NaN }], Direction.Minimise)));
    }

    // Nadeau and Bengio's test is checked in CorrectedResampledTTests; here it is corrected for what was tried.
    [Fact]
    public void The_default_is_compared_fold_by_fold_and_corrected_for_the_settings()
    {
        var study = Study(Direction.Minimise, [1.0, 1.1, 0.9, 1.2, 1.0], [2, 2, 2, 2, 2], [0.8, 0.95, 0.7, 0.9, 0.85]);
        var comparison = DefaultComparison.Of(study, 0.25)!;
        Assert.Equal(2, comparison.Compared);
        Assert.Equal(-0.2, comparison.Test.Effect, 1e-12);
        Assert.Equal(2 * comparison.Test.PValue, comparison.AdjustedP, 1e-15);
        Assert.True(comparison.Differs);
        var noisy = DefaultComparison.Of(Study(Direction.Minimise, [1.0, 1.1, 0.9, 1.2, 1.0], [0.8, 1.2, 0.8, 1.1, 0.9]), 0.25)!;
        Assert.False(noisy.Differs);
    }

    [Fact]
    public void Where_there_is_nothing_to_compare_there_is_no_comparison()
    {
        Assert.Null(DefaultComparison.Of(Study(Direction.Minimise, [1, 1], [2, 2]), 0.25));
        Assert.Null(DefaultComparison.Of(new StudyResult([], Direction.Minimise), 0.25));
        var failed = Study(Direction.Minimise, [1, 1], [0, 0]);
        Assert.Null(DefaultComparison.Of(failed with { Trials = failed.Trials.SetItem(0, failed.Trials[0] with { State = TrialState.Failed }) }, 0.25));
        Assert.True(double.IsNaN(DefaultComparison.Of(Study(Direction.Minimise, [1, 1], [0, 0]), 0.25)!.AdjustedP));
    }

    // Noise alone: the inner winners look better than they are, the outer folds do not.
    [Fact]
    public async Task A_nested_study_judges_winners_on_rows_they_have_not_seen()
    {
        var options = new StudyOptions { Space = new SearchSpace([new Integer("x", 0, 999)]), Trials = 30, Sampler = new RandomSampler() };
        var estimate = await NestedStudy.RunAsync(
            options,
            200,
            fold => (trial, _) => ValueTask.FromResult(Noise(fold, 0, trial.Parameters["x"].Number)),
            (fold, setting, _) => ValueTask.FromResult(Noise(fold, 1, setting["x"].Number)),
            2,
            TestContext.Current.CancellationToken);
        Assert.Equal(200, estimate.Folds.Length);
        Assert.Equal(0, estimate.Value, 4 / Math.Sqrt(200));
        Assert.True(estimate.Optimism > 1.5);
        Assert.Equal(200, estimate.Folds.Select(fold => Settings.Text(fold.Study.Trials[0].Parameters) + Settings.Text(fold.Study.Trials[1].Parameters)).Distinct().Count());
    }

    [Fact]
    public async Task A_fold_without_a_winner_leaves_the_estimate_undefined()
    {
        var options = new StudyOptions { Space = new SearchSpace([new Integer("x", 0, 9)]), Trials = 2 };
        var estimate = await NestedStudy.RunAsync(
            options, 2, fold => (_, _) => ValueTask.FromResult(fold == 0 ? double.NaN : 1), (_, _, _) => ValueTask.FromResult(1.0), 1, TestContext.Current.CancellationToken);
        Assert.True(double.IsNaN(estimate.Value));
        Assert.True(double.IsNaN(estimate.Optimism));
    }

    static double Noise(int fold, ulong side, double x) => new SeededRandom((ulong)fold).Derive((2 * (ulong)x) + side).NextNormal();

    static StudyResult Study(Direction direction, params double[][] scores) =>
        new([.. scores.Select((trial, number) => Settings.Completed(number, trial.Average(), trial))], direction);
}
