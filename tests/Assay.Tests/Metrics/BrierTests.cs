using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class BrierTests
{
    [Fact]
    public void Two_classes_are_those_of_scikit_learn()
    {
        // golden.json 'brier'; probabilities rounded to 32 bits.
        float[] positive = [.1f, .4f, .35f, .8f, .4f, .4f, .2f, .9f];
        Assert.Equal(0.15031250000000002, Mean([.. positive.SelectMany(p => new[] { 1 - p, p })], 2, [0, 0, 1, 1, 0, 1, 0, 1]), 1e-7);
    }

    [Fact]
    public void More_classes_are_summed()
    {
        // numpy: ((P - eye(3)[y])**2).sum(1).mean(), the definition of sklearn 1.7.
        float[] probabilities = [.6f, .3f, .1f, .2f, .5f, .3f, .1f, .2f, .7f, .4f, .4f, .2f, .3f, .3f, .4f, .5f, .2f, .3f];
        Assert.Equal(0.47666666666666674, Mean(probabilities, 3, [0, 1, 2, 2, 1, 0]), 1e-7);
    }

    static double Mean(float[] probabilities, int classes, int[] truth)
    {
        var rows = new double[truth.Length];
        Brier.PerRow(probabilities, classes, truth, rows);
        return rows.Average();
    }
}
