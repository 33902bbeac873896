using Assay.Learning;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

public class FittedSequentialTests
{
    static readonly SequentialOptions _options = new()
    {
        Layers = [new Dense(8, Activation.Relu), new BatchNormalization(0.5), new Dense(1, Activation.Sigmoid)],
        Loss = Loss.BinaryCrossentropy,
        Epochs = 20,
        Optimizer = new Adam(0.01),
    };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_classes_of_one_unit_get_both_probabilities(bool fromLogits)
    {
        var (features, labels) = Clouds.Rows(100, 4, 2);
        var options = fromLogits ? _options with { Loss = new BinaryCrossentropy(true), Layers = [.. _options.Layers[..2], new Dense(1)] } : _options;
        var model = options.Fit(Clouds.Examples(features, labels, 4, 2), new FitOptions { Seed = 3 }, Token);
        var probabilities = model.Predict(features, Token);
        Assert.Equal(200, probabilities.Length);
        Assert.All(probabilities.Chunk(2), p => Assert.Equal(1 - p[1], p[0]));
        Assert.InRange(probabilities.Chunk(2).Zip(labels).Average(pair => (pair.First[1] > 0.5 ? 1 : 0) == pair.Second ? 1.0 : 0), 0.9, 1);
        Assert.Equal((4, "sequential", 20), (model.Inputs, options.Name, model.History.Epochs.Length));
    }

    [Fact]
    public void Several_numbers_are_learned()
    {
        var (features, _) = Clouds.Rows(400, 3, 2);
        float[] targets = [.. features.Chunk(3).SelectMany(x => new[] { x[0] + (2 * x[1]), x[2] - x[0] })];
        var options = _options with { Layers = [new Dense(16, Activation.Tanh), new Dense(2)], Loss = new MeanSquaredError(), Epochs = 100, Optimizer = new Adam(0.01) };
        var examples = new Examples { Features = features, Inputs = 3, Targets = targets, Shape = new TargetShape(TargetKind.Numbers, 2) };
        var model = options.Fit(examples, new FitOptions(), Token);
        Assert.Equal(800, model.Predict(features, Token).Length);
        var last = model.History.Epochs[^1];
        Assert.InRange(last.MeanSquaredError!.Value, 0, 0.05);
        Assert.Equal(last.Loss, last.MeanSquaredError.Value, 1e-9);
        Assert.Null(last.Accuracy);
        Assert.Equal(model.Predict(features, Token).Zip(targets, (p, y) => Math.Abs(p - y)).Average(), ((FittedSequential)model).Network.Evaluate(examples).MeanAbsoluteError!.Value, 1e-6);
    }

    // Each unit says yes or no for itself.
    [Fact]
    public void Several_labels_at_once_are_learned_by_sigmoid_units()
    {
        var (features, _) = Clouds.Rows(300, 3, 2);
        float[] targets = [.. features.Chunk(3).SelectMany(x => new[] { x[0] > 0 ? 1f : 0, x[1] > 0.5 ? 1f : 0, x[2] < 0 ? 1f : 0 })];
        var network = new Sequential(3, _options with { Layers = [new Dense(16, Activation.Relu), new Dense(3, Activation.Sigmoid)], Epochs = 60, Optimizer = new Adam(0.02) }, 4);
        network.Fit(features, targets, null, Token);
        Assert.InRange(network.Evaluate(features, targets).Accuracy!.Value, 0.95, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Evaluate([1, 2, 3], (float[])[0, 1, 2]));
    }

    // A row of weight 2 is as two rows, but the loss is divided by the rows there are.
    [Fact]
    public void Weights_multiply_losses_and_the_loss_is_divided_by_the_rows()
    {
        var (features, labels) = Clouds.Rows(2, 4, 2);
        var network = new Sequential(4, _options, 2);
        var each = Enumerable.Range(0, 2).Select(row => network.Evaluate(features.AsSpan(row * 4, 4), labels.AsSpan(row, 1)).Loss).ToArray();
        var weighted = Clouds.Examples(features, labels, 4, 2) with { Weights = [3, 0.5f] };
        Assert.Equal(((3 * each[0]) + (0.5 * each[1])) / 2, network.Evaluate(weighted).Loss, 1e-6);
    }

    [Fact]
    public void Class_weights_are_row_weights_by_class()
    {
        var (features, labels) = Clouds.Rows(90, 4, 3);
        var options = _options with { Layers = [new Dense(3, Activation.Softmax)], Loss = Loss.CategoricalCrossentropy };
        var examples = Clouds.Examples(features, labels, 4, 3);
        var byClass = (options with { ClassWeights = [1, 2, 0.5] }).Fit(examples, new FitOptions(), Token);
        var byRow = options.Fit(examples with { Weights = [.. labels.Select(label => label == 0 ? 1 : label == 1 ? 2 : 0.5f)] }, new FitOptions(), Token);
        var plain = options.Fit(examples, new FitOptions(), Token);
        Assert.Equal(byRow.Predict(features, Token), byClass.Predict(features, Token));
        Assert.NotEqual(plain.Predict(features, Token), byClass.Predict(features, Token));
    }

    [Fact]
    public void Given_validation_rows_are_watched()
    {
        var (features, labels) = Clouds.Rows(90, 4, 2);
        var watched = Clouds.Examples(features[..40], labels[..10], 4, 2);
        var network = new Sequential(4, _options, 2);
        var history = network.Fit(Clouds.Examples(features, labels, 4, 2), new FitOptions { Validation = watched }, Token);
        Assert.Equal(network.Evaluate(watched).Loss, history.Epochs[^1].ValidationLoss);
    }

    // (0.5 + 0.3 * 2) of the sum of squares and of magnitudes.
    [Fact]
    public void Penalties_are_part_of_every_loss()
    {
        var network = new Sequential(1, _options with { Layers = [new Dense(1) { KernelRegularizer = new L1L2(0.1, 0.01), BiasRegularizer = new L1L2(1) }], Loss = new MeanSquaredError() }, 1);
        network.SetWeights([new("0.kernel", [1, 1], [-2]), new("0.bias", [1], [0.5f])]);
        Assert.Equal(((-2 + 0.5) * (-2 + 0.5)) + 0.2 + 0.04 + 0.5, network.Evaluate([1], (float[])[0]).Loss, 1e-6);
    }

    // 20,000 numbers: a share of 0.3 within six deviations of 0.0033.
    [Fact]
    public void Dropout_keeps_the_mean_and_works_in_training_only()
    {
        var options = _options with { Layers = [new Dropout(0.3), new Dense(1) { UseBias = false }], Loss = new MeanSquaredError(), Optimizer = new Sgd(1), BatchSize = 2, Epochs = 1 };
        var network = new Sequential(10_000, options, 2);
        network.SetWeights([new("1.kernel", [10_000, 1], new float[10_000])]);
        var ones = Enumerable.Repeat(1f, 20_000).ToArray();
        network.Fit(ones, (float[])[-0.5f, -0.5f], null, Token);

        // Each weight moved by minus the mean over the two rows of 2 * 0.5 * (0 or 1 / 0.7).
        var moved = network.Weights[0].Values.Select(w => -w * 2 * 0.7).ToArray();
        Assert.All(moved, m => Assert.Equal(Math.Round(m), m, 1e-5));
        Assert.InRange(moved.Sum() / 20_000, 0.68, 0.72);
        Assert.Equal(network.Predict(ones, Token), network.Predict(ones, Token));
    }

    // Two batches of one column, momentum 0.5: mean 0 -> 1.5 -> 2.75; variance 1 -> 0.5 + 0.5 * 1 -> 0.5 + 0.5 * 4 (over the rows).
    [Fact]
    public void Moving_statistics_follow_the_batches()
    {
        var options = _options with { Layers = [new BatchNormalization(0.5), new Dense(1)], Loss = new MeanSquaredError(), BatchSize = 2, Shuffle = false, Epochs = 1 };
        var network = new Sequential(1, options, 2);
        network.Fit([2, 4, 2, 6], (float[])[0, 0, 0, 0], null, Token);
        var weights = network.Weights.ToDictionary(tensor => tensor.Name, tensor => tensor.Values[0]);
        Assert.Equal(2.75f, weights["0.moving_mean"], 1e-6);
        Assert.Equal(2.5f, weights["0.moving_variance"], 1e-6);
    }
}
