using Assay.Learning.Tuning;
using Assay.StoreWriter;

namespace Assay.Tests.Learning.Tuning;

public class StudyTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    // Trials give way to each other unevenly, so that later ones overtake earlier ones.
    [Theory]
    [InlineData(1, "tpe")]
    [InlineData(2, "tpe")]
    [InlineData(4, "tpe")]
    [InlineData(16, "tpe")]
    [InlineData(4, "random")]
    [InlineData(4, "halving")]
    public async Task Any_number_of_workers_gives_the_same_study(int workers, string kind)
    {
        var options = kind switch
        {
            "random" => SampleStudy.Options with { Sampler = new RandomSampler() },
            "halving" => SampleStudy.Options with { Pruner = new SuccessiveHalvingPruner { ReductionFactor = 2 }, Direction = Direction.Maximise },
            _ => SampleStudy.Options,
        };
        var expected = await Study.RunAsync(options, SampleStudy.Objective(_ => Task.CompletedTask), 1, null, null, Token);
        var calls = 0;
        var found = await Study.RunAsync(
            options,
            SampleStudy.Objective(async _ =>
            {
                for (var left = Interlocked.Increment(ref calls) * 37 % 101; left > 0; left--)
                {
                    await Task.Yield();
                }
            }),
            workers,
            null,
            null,
            Token);
        Assert.Equal(SampleStudy.Describe(expected), SampleStudy.Describe(found));
        Assert.Equal(40, found.Trials.Length);
        Assert.InRange(found.Count(TrialState.Pruned), 1, 39);
        Assert.InRange(found.Count(TrialState.Failed), 1, 10);
    }

    // The first trial of every four ends last of them.
    [Fact]
    public async Task Trials_that_end_in_another_order_change_nothing()
    {
        var others = Enumerable.Range(0, 10).Select(_ => new CountdownEvent(3)).ToArray();
        var value = SampleStudy.Objective(_ => Task.CompletedTask);
        var found = await Study.RunAsync(
            SampleStudy.Options,
            async (trial, token) =>
            {
                var four = others[trial.Number / 4];
                if (trial.Number % 4 == 0)
                {
                    four.Wait(token);
                    return await value(trial, token);
                }

                try
                {
                    return await value(trial, token);
                }
                finally
                {
                    four.Signal();
                }
            },
            4,
            null,
            null,
            Token);
        Assert.Equal(SampleStudy.Describe(await Study.RunAsync(SampleStudy.Options, value, 1, null, null, Token)), SampleStudy.Describe(found));
    }

    [Theory]
    [InlineData(3, 8, 3)]
    [InlineData(8, 3, 3)]
    [InlineData(1, 4, 1)]
    public async Task No_more_trials_are_under_way_than_workers_and_window_allow(int workers, int window, int most)
    {
        var (under, seen) = (0, 0);
        await Study.RunAsync(
            SampleStudy.Options with { Window = window },
            async (trial, _) =>
            {
                var now = Interlocked.Increment(ref under);
                InterlockedMax(ref seen, now);
                await Task.Yield();
                Interlocked.Decrement(ref under);
                return 1;
            },
            workers,
            null,
            null,
            Token);
        Assert.InRange(seen, 1, most);
    }

    [Fact]
    public async Task A_trial_learns_from_those_a_window_before_it()
    {
        var space = new SearchSpace([new Uniform("x", 0, 1)]);
        var told = new List<int>();
        var options = new StudyOptions { Space = space, Trials = 9, Window = 3, Pruner = new MedianPruner { StartupTrials = 2 } };
        var study = await Study.RunAsync(options, (trial, _) => ValueTask.FromResult(trial.Report(0, trial.Number) ? 0.0 : trial.Number), 1, null, new Sink<Trial>(trial => told.Add(trial.Number)), Token);

        // Trial 3 knows one trial, trial 4 knows two and is worse than both.
        Assert.Equal([0, 1, 2, 3], study.Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Number));
        Assert.Equal(Enumerable.Range(0, 9), told.Order());
    }

    [Fact]
    public async Task Failed_trials_are_counted_and_never_the_best()
    {
        var options = SampleStudy.Options with { Trials = 4, Direction = Direction.Maximise };
        var study = await Study.RunAsync(
            options, (trial, _) => trial.Number == 0 ? throw new UserErrorException("wrong") : ValueTask.FromResult(trial.Number == 1 ? double.PositiveInfinity : trial.Number), 2, null, null, Token);
        Assert.Equal((2, 2, 0), (study.Count(TrialState.Failed), study.Count(TrialState.Completed), study.Count(TrialState.Pruned)));
        Assert.Equal(("wrong", "the objective gave Infinity"), (study.Trials[0].Reason, study.Trials[1].Reason));
        Assert.Equal(3, study.Best!.Number);
        Assert.True(double.IsNaN(study.Trials[0].Value));
        Assert.Null((await Study.RunAsync(options, (_, _) => ValueTask.FromResult(double.NaN), 2, null, null, Token)).Best);
    }

    [Fact]
    public async Task A_bug_ends_the_study()
    {
        var started = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Study.RunAsync(
            SampleStudy.Options,
            async (trial, token) =>
            {
                Interlocked.Increment(ref started);
                if (trial.Number != 2)
                {
                    await Task.Delay(Timeout.Infinite, token);
                }

                throw trial.Number == 2 ? new InvalidOperationException("bug") : new UserErrorException("never");
            },
            4,
            null,
            null,
            Token));
        Assert.InRange(started, 1, 4);
    }

    [Fact]
    public async Task A_cancelled_study_stops()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Study.RunAsync(
            SampleStudy.Options,
            async (trial, token) =>
            {
                if (trial.Number == 5)
                {
                    await stop.CancelAsync();
                }

                token.ThrowIfCancellationRequested();
                return 1;
            },
            2,
            null,
            null,
            stop.Token));
    }

    [Fact]
    public async Task The_steps_of_a_trial_must_ascend() => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Study.RunAsync(
        SampleStudy.Options, (trial, _) => ValueTask.FromResult(trial.Report(3, 1) | trial.Report(3, 1) ? 0.0 : 1), 1, null, null, Token));

    [Fact]
    public async Task Scores_are_kept_and_their_means_reported()
    {
        var study = await Study.RunAsync(
            SampleStudy.Options with { Trials = 1 }, (trial, _) => ValueTask.FromResult(trial.Score(1) | trial.Score(2) | trial.Score(6) ? 0.0 : 3), 1, null, null, Token);
        Assert.Equal([1, 2, 6], study.Trials[0].Scores);
        Assert.Equal([new(1, 1), new(2, 1.5), new(3, 3)], study.Trials[0].Intermediates);
    }

    static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    sealed class Sink<T>(Action<T> take) : IProgress<T>
    {
        public void Report(T value)
        {
            lock (take)
            {
                take(value);
            }
        }
    }
}
