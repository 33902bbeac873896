using System.Collections.Immutable;
using Assay.Data;
using Assay.Learning;
using Assay.Learning.Networks;
using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

public class SearchTests
{
    static readonly Table _table = Flowers.Table(60);
    static readonly ImmutableArray<Split> _splits = KFold.Split(60, 3, 1);
    static readonly TrainingOptions _training = Flowers.Training with { Model = Flowers.Training.Model with { Epochs = 3 } };

    static readonly SearchOptions _options = new()
    {
        Trials = 6,
        Parameters = [new LogUniform("learning_rate", 1e-4, 0.1), new Choice("batch_size", [8, 16]), new Uniform("units", 4, 20)],
        Seed = 5,
    };

    [Fact]
    public async Task Trial_0_is_the_default_and_any_number_of_workers_gives_the_same_study()
    {
        var one = await Run(_options, 1);
        var two = await Run(_options, 2);
        Assert.Equal(6, one.Trials.Length);
        Assert.Equal("batch_size=16 learning_rate=0.02 units=12", string.Join(" ", one.Default.Parameters.Select(p => FormattableString.Invariant($"{p.Key}={p.Value}"))));
        Assert.Equal(one.Trials.SelectMany(trial => trial.FoldScores), two.Trials.SelectMany(trial => trial.FoldScores));
        Assert.Equal(one.Trials.Select(trial => trial.Parameters["units"]), two.Trials.Select(trial => trial.Parameters["units"]));
        Assert.Equal(one.Best.Number, two.Best.Number);
        Assert.Equal(one.Trials.Max(trial => trial.Mean), one.Best.Mean);
        Assert.All(one.Trials, trial => Assert.True(trial.Completed));
    }

    [Fact]
    public async Task The_default_trial_is_the_cross_validation_of_the_defaults()
    {
        var folds = await CrossValidation.RunAsync(_table, _splits, _training, 1, null, TestContext.Current.CancellationToken);
        Assert.Equal(folds.Select(Score), (await Run(_options with { Trials = 1 })).Default.FoldScores);
    }

    [Fact]
    public async Task Draws_stay_in_range_and_whole_numbers_are_whole()
    {
        var study = await Run(_options with { Trials = 30 }, 2, _ => 1);
        Assert.All(study.Trials.Skip(1), trial =>
        {
            Assert.InRange(trial.Parameters["learning_rate"], 1e-4, 0.1);
            Assert.Contains(trial.Parameters["batch_size"], new double[] { 8, 16 });
            Assert.Contains(trial.Parameters["units"], Enumerable.Range(4, 17).Select(x => (double)x));
        });
        Assert.Equal(0, study.Best.Number);
    }

    [Fact]
    public async Task Settings_are_tried_once_even_when_more_trials_were_asked_for()
    {
        var study = await Run(_options with { Trials = 10, Parameters = [new Choice("batch_size", [8, 16]), new Choice("epochs", [1, 2, 3])] }, 2);
        Assert.Equal(6, study.Trials.Length);
        Assert.Equal(6, study.Trials.Select(trial => (trial.Parameters["batch_size"], trial.Parameters["epochs"])).Distinct().Count());
    }

    [Fact]
    public async Task A_trial_that_explodes_is_never_the_best()
    {
        var training = _training with { Model = _training.Model with { Optimizer = new Sgd(1e30) } };
        var options = _options with { Trials = 3, Parameters = [new Choice("learning_rate", [0.01, 0.1])], Minimise = true };
        var study = await Search.RunAsync(_table, _splits, training, options, fold => 1 - Score(fold), 2, null, TestContext.Current.CancellationToken);
        Assert.False(study.Default.Completed);
        Assert.All(study.Default.FoldScores, score => Assert.True(double.IsNaN(score)));
        Assert.True(double.IsNaN(study.Default.Mean));
        Assert.True(study.Best.Completed);
        Assert.Equal(study.Trials.Skip(1).Min(trial => trial.Mean), study.Best.Mean);
    }

    [Fact]
    public async Task Progress_counts_every_fold()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();
        await Search.RunAsync(_table, _splits, _training, _options with { Trials = 2 }, Score, 2, new Sink(seen), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 6), seen.Order());
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var bad = _options with
        {
            Trials = 0,
            Parameters = [new Choice("batchsize", [8]), new Choice("epochs", []), new Uniform("units", 9, 4), new LogUniform("learning_rate", 0, 1), new Choice("units", [1.5])],
        };
        var problems = bad.Problems();
        Assert.Equal(7, problems.Length);
        Assert.Contains(problems, problem => problem.Contains("Did you mean 'batch_size'?", StringComparison.Ordinal));
        Assert.Single((_options with { Parameters = [] }).Problems());
        Assert.Single((_options with { Parameters = [new Uniform("units", 4.5, 9)] }).Problems());
    }

    static Task<Study> Run(SearchOptions options, int workers = 1, Func<FoldResult, double>? score = null) =>
        Search.RunAsync(_table, _splits, _training, options, score ?? Score, workers, null, TestContext.Current.CancellationToken);

    static double Score(FoldResult fold) => Flowers.Accuracy(_table.Select(fold.Split.Test), fold.Predictions);

    sealed class Sink(System.Collections.Concurrent.ConcurrentBag<int> seen) : IProgress<int>
    {
        public void Report(int value) => seen.Add(value);
    }
}
