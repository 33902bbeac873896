using Assay.Tasks;

namespace Assay.Tests.Tasks;

// Every expected value: CPython 3.11.7, random.Random(seed).
public class PythonRandomTests
{
    [Fact]
    public void Samples_are_those_of_CPython()
    {
        var random = new PythonRandom(1234);
        Assert.Equal([6374, 3610, 957, 61, 742], random.Sample(7473, 5));
        Assert.Equal([7462, 6610, 4769, 286, 5501], random.Sample(7473, 5));
        Assert.Equal([14, 3, 0, 2, 1], new PythonRandom(1234).Sample(20, 5));

        // Up to 85 of 6 are drawn from a pool, above that by rejection.
        Assert.Equal([41, 19, 50, 6, 9, 68], new PythonRandom(7).Sample(85, 6));
        Assert.Equal([41, 19, 50, 83, 6, 9], new PythonRandom(7).Sample(86, 6));
    }

    [Fact]
    public void Numbers_bits_choices_and_shuffles_are_those_of_CPython()
    {
        Assert.Equal(0.9664535356921388, new PythonRandom(1234).NextDouble());
        Assert.Equal(4150886329u, new PythonRandom(1234).Bits(32));
        Assert.Equal(0.039767712548386625, Thousandth(new PythonRandom(5)));
        Assert.Equal([8, 7, 4, 2, 5, 4, 7, 3, 4, 5], new PythonRandom(0).Choices(10, 10));
        int[] items = [0, 1, 2, 3];
        new PythonRandom(1234).Shuffle(items.AsSpan());
        Assert.Equal([1, 2, 0, 3], items);
    }

    // The 1002nd number: beyond the first 624 words of the state.
    static double Thousandth(PythonRandom random)
    {
        for (var i = 0; i < 1001; i++)
        {
            random.NextDouble();
        }

        return random.NextDouble();
    }

    [Theory]
    [InlineData(21, 6)]
    [InlineData(85, 6)]
    [InlineData(86, 6)]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    public void A_sample_has_no_index_twice(int count, int size)
    {
        var sample = new PythonRandom(7).Sample(count, size);
        Assert.Equal(size, sample.Distinct().Count());
        Assert.All(sample, index => Assert.InRange(index, 0, count - 1));
    }

    // Seeds of more than 32 bits fill two words of the key.
    [Fact]
    public void A_long_seed_is_CPython_s_too() => Assert.Equal(LongSeed, new PythonRandom(12345678901234567890).NextDouble());

    const double LongSeed = 0.5120180983871961;
}
