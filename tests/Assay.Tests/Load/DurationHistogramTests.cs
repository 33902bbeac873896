using Assay.Load;

namespace Assay.Tests.Load;

public class DurationHistogramTests
{
    [Fact]
    public void An_empty_one_has_no_figures()
    {
        var empty = new DurationHistogram();
        Assert.Equal((0, null, null), (empty.Count, empty.Mean, empty.Quantile(0.5)));
        Assert.Empty(empty.Steps());
    }

    [Fact]
    public void Every_quantile_is_within_the_stated_error_of_the_sorted_durations()
    {
        var random = new SeededRandom(7);
        var histogram = new DurationHistogram();
        var durations = Enumerable.Range(0, 20_000).Select(_ => TimeSpan.FromTicks((long)Math.Exp(random.NextDouble() * 30))).ToArray();
        Array.ForEach(durations, histogram.Add);
        Array.Sort(durations);
        for (var rank = 1; rank <= durations.Length; rank++)
        {
            var exact = durations[rank - 1].Ticks;

            // Half a step is half a tick more at most where a step has an even number of ticks.
            Assert.InRange(histogram.AtRank(rank).Ticks, exact - (exact * DurationHistogram.RelativeError) - 0.5, exact + (exact * DurationHistogram.RelativeError) + 0.5);
        }

        Assert.Equal((durations[0], durations[^1]), (histogram.Min, histogram.Max));
        Assert.Equal(durations.Sum(duration => duration.Ticks), histogram.Total.Ticks);
        Assert.Equal(histogram.AtRank(19_800), histogram.Quantile(0.99));
        Assert.Equal(histogram.Max, histogram.Quantile(1));
    }

    [Fact]
    public void Two_added_up_are_the_one_that_counted_all()
    {
        var random = new SeededRandom(8);
        DurationHistogram all = new(), even = new(), odd = new();
        for (var i = 0; i < 5_000; i++)
        {
            var duration = TimeSpan.FromMicroseconds(random.NextExponential() * 8_000);
            all.Add(duration);
            (i % 2 == 0 ? even : odd).Add(duration);
        }

        even.Add(odd);
        even.Add(new DurationHistogram());
        Assert.Equal(all.Steps(), even.Steps());
        Assert.Equal((all.Count, all.Total, all.Min, all.Max), (even.Count, even.Total, even.Min, even.Max));
    }

    [Fact]
    public void Stalls_are_those_above_the_step_of_the_bound()
    {
        var histogram = new DurationHistogram();
        foreach (var milliseconds in (int[])[8, 8, 9, 30, 400])
        {
            histogram.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal((3, 2, 0), (histogram.CountAbove(TimeSpan.FromMilliseconds(8)), histogram.CountAbove(TimeSpan.FromMilliseconds(24)), histogram.CountAbove(TimeSpan.FromSeconds(1))));
    }
}
