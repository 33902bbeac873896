using System.Collections.Concurrent;
using Assay.Data;
using Assay.Learning.Validation;

namespace Assay.Tests.Learning.Validation;

public class LearningCurveTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Smaller_training_sets_are_parts_of_larger_ones_and_the_test_rows_stay()
    {
        var splits = KFold.Split(100, 4, 1);
        var seen = new ConcurrentBag<Split>();
        var curve = await LearningCurve.MeasureAsync(splits, (split, _) => Seen(split), new LearningCurveOptions(), 2, null, Token);
        Assert.Equal([8, 15, 26, 41, 56, 75], curve.Points.Select(point => point.Rows));
        Assert.All(seen, split => Assert.Equal(split.Train.Order(), split.Train));
        foreach (var fold in seen.GroupBy(split => split.Test))
        {
            var sets = fold.OrderBy(split => split.Train.Length).Select(split => split.Train).ToArray();
            Assert.Equal(6, sets.Length);
            Assert.All(sets.Zip(sets.Skip(1)), pair => Assert.Subset(pair.Second.ToHashSet(), pair.First.ToHashSet()));
            Assert.Equal(splits.Single(split => split.Test == fold.Key).Train, sets[^1]);
        }

        double Seen(Split split)
        {
            seen.Add(split);
            return split.Train.Length;
        }
    }

    [Fact]
    public async Task A_curve_that_still_rises_asks_for_more_rows()
    {
        var curve = await Measure((rows, noise) => 0.9 - (2 / Math.Sqrt(rows)) + (0.0005 * noise), new LearningCurveOptions { WorthHaving = 0.01 });
        Assert.Equal(LearningAdvice.MoreRows, curve.Extrapolation.Advice);
        var law = curve.Extrapolation.Law!.Value;
        Assert.Equal(0.9, law.A, 0.01);
        Assert.Equal(0.5, law.C, 0.05);
        var expected = 2 / Math.Sqrt(800) * (1 - Math.Sqrt(0.5));
        Assert.InRange(expected, curve.Extrapolation.GainInterval!.Value.Low, curve.Extrapolation.GainInterval.Value.High);
        Assert.StartsWith("More rows: 1600 rows instead of 800 would gain 0.021 [", curve.Extrapolation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flat_curve_asks_for_a_better_model_and_a_noisy_one_for_neither()
    {
        var flat = await Measure((rows, noise) => 0.8 - (30.0 / rows / rows) + (0.0005 * noise), new LearningCurveOptions { WorthHaving = 0.01 });
        Assert.Equal(LearningAdvice.BetterModel, flat.Extrapolation.Advice);
        var noisy = await Measure((_, noise) => 0.8 + (0.1 * noise), new LearningCurveOptions { WorthHaving = 0.001 });
        Assert.Equal(LearningAdvice.Undecided, noisy.Extrapolation.Advice);
    }

    [Fact]
    public async Task Of_an_error_a_fall_is_a_gain()
    {
        var curve = await Measure((rows, noise) => 0.1 + (2 / Math.Sqrt(rows)) + (0.0005 * noise), new LearningCurveOptions { WorthHaving = 0.01, HigherIsBetter = false });
        Assert.Equal(LearningAdvice.MoreRows, curve.Extrapolation.Advice);
        Assert.True(curve.Extrapolation.Gain > 0);
    }

    [Fact]
    public async Task Undefined_folds_and_too_few_sizes_leave_it_undecided_with_a_reason()
    {
        var undefined = await Measure((rows, noise) => rows < 100 ? double.NaN : noise, new LearningCurveOptions());
        Assert.Equal(5, undefined.Points[0].Summary.Undefined);
        Assert.Equal(LearningAdvice.Undecided, undefined.Extrapolation.Advice);
        Assert.StartsWith("Undecided between more rows and a better model: a curve needs four sizes", undefined.Extrapolation.Sentence, StringComparison.Ordinal);
        Assert.NotNull((await Measure((_, noise) => noise, new LearningCurveOptions { Shares = [0.5, 1] })).Extrapolation.Reason);
    }

    [Fact]
    public async Task Shares_that_do_not_rise_are_said()
    {
        await Assert.ThrowsAsync<UserErrorException>(() => Measure((_, _) => 0, new LearningCurveOptions { Shares = [0.5, 0.5] }));
        await Assert.ThrowsAsync<UserErrorException>(() => Measure((_, _) => 0, new LearningCurveOptions { Shares = [0.5, 1.5] }));
        await Assert.ThrowsAsync<UserErrorException>(() => Measure((_, _) => 0, new LearningCurveOptions { Shares = [0, 1] }));
        await Assert.ThrowsAsync<UserErrorException>(() => LearningCurve.MeasureAsync([], (_, _) => 0, new LearningCurveOptions(), 1, null, Token));
    }

    // Five folds of 800 training rows; the noise is normal, and its fold's and size's own.
    static Task<LearningCurve> Measure(Func<int, double, double> score, LearningCurveOptions options) => LearningCurve.MeasureAsync(
        KFold.Split(1000, 5, 1),
        (split, _) => score(split.Train.Length, new SeededRandom((ulong)((split.Test[0] * 1000) + split.Train.Length)).NextNormal()),
        options,
        1,
        null,
        Token);
}
