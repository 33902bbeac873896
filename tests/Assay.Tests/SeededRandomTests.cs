namespace Assay.Tests;

public class SeededRandomTests
{
    [Fact]
    public void Same_seed_gives_the_same_numbers_and_another_seed_gives_others()
    {
        var first = Draw(new SeededRandom(7));
        Assert.Equal(first, Draw(new SeededRandom(7)));
        Assert.NotEqual(first, Draw(new SeededRandom(8)));
    }

    [Fact]
    public void A_derived_stream_does_not_depend_on_the_position_of_its_parent()
    {
        var parent = new SeededRandom(7);
        var before = Draw(parent.Derive(3));
        parent.NextUInt64();
        Assert.Equal(before, Draw(parent.Derive(3)));
        Assert.NotEqual(before, Draw(parent.Derive(4)));
    }

    [Fact]
    public void Bounded_numbers_are_uniform()
    {
        var random = new SeededRandom(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.Next(7)]++;
        }

        // 10,000 expected with a standard deviation of 93; six of them is a one in a billion miss.
        Assert.All(counts, count => Assert.InRange(count, 9_440, 10_560));
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new SeededRandom(1);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextNormal()).ToArray();
        var mean = draws.Average();

        // Standard errors 0.0032 and 0.0045; six of them.
        Assert.Equal(0, mean, 0.019);
        Assert.Equal(1, draws.Average(x => (x - mean) * (x - mean)), 0.027);
    }

    static double[] Draw(SeededRandom random) => [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
}
