using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class ConfidenceSequenceTests
{
    const int Runs = 10_000;
    const int Looks = 300;

    [Theory]
    [InlineData("fair")]
    [InlineData("rare")]
    [InlineData("skewed")]
    public void Looked_at_after_every_sample_it_misses_in_at_most_5_of_100_runs(string distribution)
    {
        // 250 steps round the ends outwards by 0.004, a tenth of the narrowest half width here; the true means lie just beside a step.
        var misses = 0;
        Parallel.For(0, Runs, () => 0, (run, _, local) =>
        {
            var (random, sequence) = (new SeededRandom((ulong)run), new ConfidenceSequence(steps: 250));
            for (var look = 0; look < Looks; look++)
            {
                sequence.Add(Draw(distribution, random));
                if (sequence.Interval is var interval && (interval.Low > Mean(distribution) || interval.High < Mean(distribution)))
                {
                    return local + 1;
                }
            }

            return local;
        }, local => Interlocked.Add(ref misses, local));
        Assert.InRange(misses, 1, Runs / 20);
    }

    [Fact]
    public void It_narrows_to_the_mean()
    {
        var (random, sequence) = (new SeededRandom(1), new ConfidenceSequence());
        for (var i = 0; i < 20_000; i++)
        {
            sequence.Add(random.NextDouble() < .3 ? 1 : 0);
        }

        // A fixed-size interval of 20,000 is 0.0064 to either side; one that holds at all times is about three times as wide.
        var interval = sequence.Interval;
        Assert.InRange(.3, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, 0.0128, 0.045);
        Assert.Equal(20_000, sequence.N);
        Assert.Equal("betting", interval.Method);
    }

    [Fact]
    public void A_difference_that_is_there_is_found()
    {
        var (random, sequence) = (new SeededRandom(1), new ConfidenceSequence(-1, 1));
        for (var i = 0; i < 3000; i++)
        {
            sequence.Add((random.NextDouble() < .8 ? 1 : 0) - (random.NextDouble() < .6 ? 1 : 0));
        }

        Assert.True(sequence.Interval.Low > 0);
        Assert.InRange(.2, sequence.Interval.Low, sequence.Interval.High);
    }

    [Fact]
    public void Merged_parts_know_nearly_as_much_as_the_whole()
    {
        var random = new SeededRandom(1);
        var (whole, parts) = (new ConfidenceSequence(), new[] { new ConfidenceSequence(), new ConfidenceSequence() });
        for (var i = 0; i < 4000; i++)
        {
            var score = random.NextDouble() < .7 ? 1 : random.NextDouble() / 2;
            whole.Add(score);
            parts[i % 2].Add(score);
        }

        var alone = parts[0].Interval;
        parts[0].Merge(parts[1]);
        var merged = parts[0].Interval;
        Assert.Equal(whole.N, parts[0].N);
        Assert.Equal(whole.Mean, parts[0].Mean, 1e-12);
        Assert.True(merged.High - merged.Low < alone.High - alone.Low);
        Assert.Equal(whole.Interval.Low, merged.Low, 0.02);
        Assert.Equal(whole.Interval.High, merged.High, 0.02);
    }

    [Fact]
    public void Nothing_seen_is_nothing_known_and_scores_beyond_the_range_are_refused()
    {
        var sequence = new ConfidenceSequence(-1, 1);
        Assert.Equal(new Interval(-1, 1, "betting"), sequence.Interval);
        Assert.True(double.IsNaN(sequence.Mean));
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Add(1.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Add(double.NaN));
        Assert.Throws<ArgumentException>(() => sequence.Merge(new ConfidenceSequence()));
    }

    static double Draw(string distribution, SeededRandom random) => distribution switch
    {
        "fair" => random.NextDouble() < Mean("fair") ? 1 : 0,
        "rare" => random.NextDouble() < Mean("rare") ? 1 : 0,
        _ => Math.Pow(random.NextDouble(), 9),
    };

    static double Mean(string distribution) => distribution switch
    {
        "fair" => 0.4999,
        "rare" => 0.0519,
        _ => 0.1,
    };
}
