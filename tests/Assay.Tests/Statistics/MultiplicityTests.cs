using Assay.Statistics;

namespace Assay.Tests.Statistics;

public class MultiplicityTests
{
    static readonly double[] _pValues = [.01, .04, .03, .005, .8, .2];

    [Fact]
    public void Adjusted_values_are_those_of_the_definitions()
    {
        // R's p.adjust rules by hand: sorted .005 .01 .03 .04 .2 .8; Holm times 6..1, running maximum; BH times 6/rank, running minimum from the end.
        Near([.05, .12, .12, .03, .8, .4], Multiplicity.Holm(_pValues));
        Near([.03, .06, .06, .03, .8, .24], Multiplicity.BenjaminiHochberg(_pValues));
    }

    [Fact]
    public void They_never_shrink_a_p_value_nor_pass_1_and_keep_the_order()
    {
        var random = new SeededRandom(2);
        for (var n = 1; n < 40; n++)
        {
            var p = Enumerable.Range(0, n).Select(_ => random.NextDouble()).ToArray();
            var (holm, discovery) = (Multiplicity.Holm(p), Multiplicity.BenjaminiHochberg(p));
            Assert.All(Enumerable.Range(0, n), i => Assert.True(p[i] <= discovery[i] && discovery[i] <= holm[i] && holm[i] <= 1));
            Assert.Equal(holm.Order(), Enumerable.Range(0, n).OrderBy(i => p[i]).Select(i => holm[i]));
        }
    }

    [Fact]
    public void A_test_that_could_not_be_made_does_not_count()
    {
        Near([double.NaN, .04, .02], Multiplicity.Holm([double.NaN, .04, .01]));
        Near([double.NaN, .04, .02], Multiplicity.BenjaminiHochberg([double.NaN, .04, .01]));
        Assert.Empty(Multiplicity.Holm([]));
    }

    static void Near(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
