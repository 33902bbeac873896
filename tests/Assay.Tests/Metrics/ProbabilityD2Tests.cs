using Assay.Metrics;

namespace Assay.Tests.Metrics;

public class ProbabilityD2Tests
{
    static readonly int[] _truth = [0, 0, 1, 2];
    static readonly double[] _probabilities = [0.7, 0.2, 0.1, 0.5, 0.3, 0.2, 0.2, 0.6, 0.2, 0.1, 0.2, 0.7];

    // By hand: mean -ln(.7 .5 .6 .7) / 4 over -ln(.5 .5 .25 .25) / 4 = 1.917323 / 4.158883.
    [Fact]
    public void Log_loss_is_held_against_that_of_the_class_shares() =>
        Assert.Equal(1 - (-Math.Log(0.7 * 0.5 * 0.6 * 0.7) / -Math.Log(0.5 * 0.5 * 0.25 * 0.25)), ProbabilityD2.LogLoss(_probabilities, 3, _truth).Value, 1e-12);

    // By hand: (.14 + .38 + .24 + .14) / (2 * .375 + 2 * .875): the squares of the rows over those of the shares .5 .25 .25.
    [Fact]
    public void Brier_score_is_held_against_that_of_the_class_shares() =>
        Assert.Equal(1 - (0.9 / 2.5), ProbabilityD2.Brier(_probabilities, 3, _truth).Value, 1e-12);

    [Fact]
    public void The_class_shares_themselves_explain_nothing() =>
        Assert.Equal(0, ProbabilityD2.LogLoss([0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.25, 0.25], 3, _truth).Value, 1e-12);

    [Fact]
    public void A_weight_of_two_is_the_row_twice()
    {
        var twice = ProbabilityD2.LogLoss([.. _probabilities, .. _probabilities[..3]], 3, [.. _truth, 0]);
        Assert.Equal(twice.Value, ProbabilityD2.LogLoss(_probabilities, 3, _truth, [2, 1, 1, 1]).Value, 1e-12);
    }

    [Fact]
    public void One_class_only_and_no_rows_are_undefined_with_a_reason()
    {
        Assert.NotNull(ProbabilityD2.LogLoss([0.9, 0.1, 0.8, 0.2], 2, [0, 0]).Reason);
        Assert.NotNull(ProbabilityD2.Brier([], 2, []).Reason);
    }
}
