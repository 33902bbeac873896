using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class LogLossTests
{
    [Fact]
    public void It_is_that_of_scikit_learn()
    {
        // golden.json 'log_loss'; the probabilities are rounded to 32 bits here: 3e-8 of each.
        float[] probabilities = [.6f, .3f, .1f, .2f, .5f, .3f, .1f, .2f, .7f, .4f, .4f, .2f, .3f, .3f, .4f, .5f, .2f, .3f];
        Assert.Equal(0.8445342742641083, Rows(probabilities, 3, [0, 1, 2, 2, 1, 0]).Average(), 1e-7);
    }

    [Fact]
    public void A_certain_error_costs_what_the_clip_allows()
    {
        // golden.json 'log_loss' for float32 probabilities; Keras clips at 1e-7.
        float[] wrong = [0, 1, 1, 0];
        Assert.Equal(15.942385152878742, Rows(wrong, 2, [0, 1]).Average(), 1e-12);
        var keras = new double[2];
        LogLoss.PerRow(wrong, 2, [0, 1], keras, LogLoss.KerasEpsilon);
        Assert.Equal(-Math.Log(1e-7), keras.Average(), 1e-12);
    }

    [Fact]
    public void No_number_gives_no_number() =>
        Assert.True(double.IsNaN(Rows([float.NaN, 1], 2, [0])[0]));

    static double[] Rows(float[] probabilities, int classes, int[] truth)
    {
        var losses = new double[truth.Length];
        LogLoss.PerRow(probabilities, classes, truth, losses);
        return losses;
    }
}
