using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

public class SequentialOptionsTests
{
    static readonly SequentialOptions _good = new() { Layers = [new Dense(8, Activation.Relu), new Dense(1, Activation.Sigmoid)], Loss = Loss.BinaryCrossentropy };

    [Fact]
    public void Good_options_have_no_problems()
    {
        Assert.Empty(_good.Problems(2));
        Assert.Empty((_good with { Loss = Loss.CategoricalCrossentropy, Layers = [new Dense(3, Activation.Softmax)] }).Problems(3));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var bad = _good with
        {
            Layers = [new Dense(0, Activation.Relu), new Dense(2, Activation.Relu)],
            Epochs = 0,
            BatchSize = -1,
            ValidationSplit = 1,
            Optimizer = new Adam(LearningRate: 0, Beta1: 1),
        };
        Assert.Equal(7, bad.Problems(2).Length);
    }

    [Fact]
    public void A_network_without_layers_is_a_problem() => Assert.Contains("layers is empty", Assert.Single((_good with { Layers = [] }).Problems(2)), StringComparison.Ordinal);

    [Fact]
    public void An_output_that_does_not_fit_the_classes_says_what_would()
    {
        Assert.Contains("units: 3, activation: softmax", Assert.Single(_good.Problems(3)), StringComparison.Ordinal);
        var softmax = _good with { Loss = Loss.CategoricalCrossentropy, Layers = [new Dense(2, Activation.Softmax)] };
        Assert.Contains("units: 4, activation: softmax", Assert.Single(softmax.Problems(4)), StringComparison.Ordinal);
        Assert.Contains("1 class.", Assert.Single(_good.Problems(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_bad_options_is_a_user_error() =>
        Assert.Throws<UserErrorException>(() => new Sequential(3, _good with { BatchSize = 0 }, 1));
}
