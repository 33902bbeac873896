using Assay.Learning.Tuning;

namespace Assay.Tests.Learning.Tuning;

public class SamplerTests
{
    static readonly SearchSpace _space = new(
    [
        new Uniform("u", -1, 1), new LogUniform("l", 1e-4, 1), new Integer("i", 4, 20) { Step = 4 }, new Integer("g", 1, 100) { Log = true }, new Choice("c", ["a", 2]),
        new Uniform("s", 0, 1) { Step = 0.5 }, new Uniform("d", 0, 1) { When = new Condition("c", ["a"]) },
    ]);

    static readonly StudyOptions _options = new() { Space = _space, Trials = 60, Seed = 4, Window = 1 };

    [Theory]
    [InlineData("random")]
    [InlineData("tpe")]
    public async Task Values_stay_in_their_ranges(string sampler)
    {
        var study = await Run(_options with { Sampler = sampler == "tpe" ? new TpeSampler() : new RandomSampler() }, setting => setting["u"].Number);
        Assert.Equal(60, study.Trials.Length);
        Assert.All(study.Trials, trial =>
        {
            Assert.InRange(trial.Parameters["u"].Number, -1, 1);
            Assert.InRange(trial.Parameters["l"].Number, 1e-4, 1);
            Assert.True(trial.Parameters["i"].Number is 4 or 8 or 12 or 16 or 20);
            Assert.InRange(trial.Parameters["g"].Number, 1, 100);
            Assert.Equal(trial.Parameters["g"].Number, Math.Round(trial.Parameters["g"].Number));
            Assert.True(trial.Parameters["s"].Number is 0 or 0.5 or 1);
            Assert.True(trial.Parameters["c"] == "a" || trial.Parameters["c"] == 2);
            Assert.Equal(trial.Parameters["c"] == "a", trial.Parameters.ContainsKey("d"));
        });
        Assert.Equal(60, study.Settings);
        Assert.Equal(2, study.Trials.Select(trial => trial.Parameters["c"]).Distinct().Count());
    }

    [Fact]
    public async Task A_grid_is_every_setting_once_in_order()
    {
        var space = new SearchSpace([new Integer("a", 1, 2), new Choice("b", ["x", "y"])]);
        var options = _options with { Space = space, Sampler = new GridSampler() };
        var study = await Run(options, _ => 0);
        Assert.Equal(["a=1 b=x", "a=1 b=y", "a=2 b=x", "a=2 b=y"], study.Trials.Select(trial => Settings.Text(trial.Parameters)));
        study = await Run(options with { Default = Settings.Of(("a", 1), ("b", "y")) }, _ => 0);
        Assert.Equal(["a=1 b=y", "a=1 b=x", "a=2 b=x", "a=2 b=y"], study.Trials.Select(trial => Settings.Text(trial.Parameters)));
        Assert.Equal(3, (await Run(options with { Trials = 3 }, _ => 0)).Trials.Length);
    }

    [Fact]
    public async Task Random_settings_are_tried_once_even_when_more_trials_were_asked_for()
    {
        var options = _options with { Space = new SearchSpace([new Choice("a", [1, 2, 3]), new Choice("b", [1, 2])]), Sampler = new RandomSampler() };
        Assert.Equal((6, 6), Counts(await Run(options, _ => 0)));
        Assert.Equal((6, 6), Counts(await Run(options with { Default = Settings.Of(("a", 2), ("b", 1)) }, _ => 0)));
        Assert.Equal((7, 7), Counts(await Run(options with { Default = Settings.Of(("a", 9)) }, _ => 0)));
    }

    [Fact]
    public async Task Tpe_ends_when_every_setting_was_tried()
    {
        var options = _options with { Space = new SearchSpace([new Integer("a", 1, 4)]), Sampler = new TpeSampler { StartupTrials = 2 }, Trials = 500, Default = Settings.Of(("a", 2)) };
        Assert.Equal(4, (await Run(options, setting => setting["a"].Number)).Settings);
        Assert.Equal(5, (await Run(options with { Default = Settings.Of(("a", 9)) }, setting => setting["a"].Number)).Settings);
    }

    // Two cases against chance: over ten seeds, TPE's mean best is below random's.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Tpe_finds_better_settings_than_chance(int window)
    {
        var space = new SearchSpace([new Uniform("x", -5, 5), new LogUniform("y", 1e-5, 1), new Choice("c", ["good", "bad", "worse"])]);
        var (tpe, random) = (0.0, 0.0);
        for (var seed = 0UL; seed < 10; seed++)
        {
            var options = new StudyOptions { Space = space, Trials = 60, Seed = seed, Window = window };
            tpe += (await Run(options, Hills)).Best!.Value / 10;
            random += (await Run(options with { Sampler = new RandomSampler() }, Hills)).Best!.Value / 10;
        }

        Assert.True(tpe < random / 2, FormattableString.Invariant($"tpe {tpe}, random {random}"));
    }

    [Fact]
    public async Task Tpe_maximises_as_it_minimises()
    {
        var options = _options with { Trials = 40 };
        var less = await Run(options, setting => setting["u"].Number);
        var more = await Run(options with { Direction = Direction.Maximise }, setting => -setting["u"].Number);
        Assert.Equal(less.Trials.Select(trial => Settings.Text(trial.Parameters)), more.Trials.Select(trial => Settings.Text(trial.Parameters)));
    }

    [Fact]
    public void Completed_trials_come_before_pruned_ones_and_these_by_their_furthest_step()
    {
        Trial[] trials =
        [
            Pruned(0, (1, 0.1)), Pruned(1, (3, 0.9)), Pruned(2, (3, 0.2)), Pruned(3), Pruned(4, (3, double.NaN)), Settings.Completed(5, 7), Settings.Completed(6, 3),
            .. Enumerable.Range(7, 24).Select(number => Pruned(number, (1, 0.5))),
        ];
        var (below, above) = TpeSplit.Of(trials, Direction.Minimise);
        Assert.Equal([1, 2, 5, 6], below.Select(trial => trial.Number));
        Assert.Equal(27, above.Length);
        Assert.Equal([1, 2, 5, 6], TpeSplit.Of(trials, Direction.Maximise).Below.Select(trial => trial.Number));
        Assert.Equal([1, 5, 6], TpeSplit.Of(trials[..^1], Direction.Maximise).Below.Select(trial => trial.Number));
        Assert.Equal(25, TpeSplit.Of([.. Enumerable.Range(0, 999).Select(number => Settings.Completed(number, number))], Direction.Maximise).Below.Length);
        Assert.Equal(974, TpeSplit.Of([.. Enumerable.Range(0, 999).Select(number => Settings.Completed(number, number))], Direction.Maximise).Below[0].Number);
    }

    [Fact]
    public async Task What_is_wrong_is_told_before_a_trial_starts()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => Run(_options with { Sampler = new GridSampler(), Trials = 0 }, _ => 0));
        Assert.Contains("'u' has endlessly many values", error.Message, StringComparison.Ordinal);
        Assert.Contains("trials is 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (_options with { Sampler = new TpeSampler { Candidates = 0, StartupTrials = -1 } }).Problems().Length);
    }

    static (int Trials, int Settings) Counts(StudyResult study) => (study.Trials.Length, study.Settings);

    static double Hills(IReadOnlyDictionary<string, ParameterValue> setting) => Math.Pow(setting["x"].Number - 2, 2)
        + Math.Pow(Math.Log10(setting["y"].Number) + 2, 2) + (setting["c"] == "good" ? 0 : setting["c"] == "bad" ? 1 : 2);

    static Trial Pruned(int number, params (int Step, double Value)[] intermediates) => new()
    {
        Number = number,
        Parameters = Settings.Of(),
        State = TrialState.Pruned,
        Intermediates = [.. intermediates.Select(value => new IntermediateValue(value.Step, value.Value))],
    };

    static Task<StudyResult> Run(StudyOptions options, Func<IReadOnlyDictionary<string, ParameterValue>, double> value) =>
        Study.RunAsync(options, (trial, _) => ValueTask.FromResult(value(trial.Parameters)), 1, null, null, TestContext.Current.CancellationToken);
}
