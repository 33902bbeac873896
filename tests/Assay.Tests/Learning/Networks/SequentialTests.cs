using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

public class SequentialTests
{
    static readonly SequentialOptions _binary = new()
    {
        Layers = [new Dense(16, Activation.Relu), new Dense(8, Activation.Relu), new Dense(1, Activation.Sigmoid)],
        Loss = Loss.BinaryCrossentropy,
    };

    static readonly SequentialOptions _threeClasses = _binary with
    {
        Layers = [new Dense(19, Activation.Relu), new Dense(3, Activation.Softmax)],
        Loss = Loss.CategoricalCrossentropy,
    };

    // x = (1, 2), kernel [[1, -1], [0.5, 2]], bias (0.5, -4): sums (2.5, -1), relu (2.5, 0); then 2.5 * 0.4 - 0 + 0.2 = 1.2.
    [Fact]
    public void Dense_multiplies_by_the_kernel_adds_the_bias_and_activates()
    {
        var options = _binary with { Layers = [new Dense(2, Activation.Relu), new Dense(1, Activation.Sigmoid)] };
        var network = new Sequential(2, options, 1);
        network.SetWeights([new("0.kernel", [2, 2], [1, -1, 0.5f, 2]), new("0.bias", [2], [0.5f, -4]), new("1.kernel", [2, 1], [0.4f, 7]), new("1.bias", [1], [0.2f])]);
        Assert.Equal(1 / (1 + Math.Exp(-1.2)), Predict(network, [1, 2])[0], 1e-7);
        Assert.Equal(9, network.ParameterCount);
        Assert.Equal(Math.Log(1 + Math.Exp(-1.2)), network.Evaluate([1, 2], (int[])[1]).Loss, 1e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_has_the_same_bits_in_every_batch(bool everyLayer)
    {
        var (features, labels) = Clouds.Rows(301, 13, 3);
        var options = everyLayer ? _threeClasses with { Layers = [new Dense(40, Activation.Gelu), new BatchNormalization(), new Dropout(0.5), new LayerNormalization(), .. _threeClasses.Layers] } : _threeClasses;
        var network = new Sequential(13, options, 5);
        Fit(network, features, labels);
        var all = Predict(network, features);
        foreach (var batch in new[] { 1, 2, 7, 64 })
        {
            var parts = Enumerable.Range(0, 301).Chunk(batch).SelectMany(rows => Predict(network, features.AsSpan(rows[0] * 13, rows.Length * 13)));
            Assert.Equal(all, parts);
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_and_another_seed_gives_others()
    {
        var (features, labels) = Clouds.Rows(100, 6, 2);
        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));

        float[] Trained(ulong seed)
        {
            var network = new Sequential(6, _binary with { Epochs = 3 }, seed);
            Fit(network, features, labels);
            return Predict(network, features);
        }
    }

    [Fact]
    public void Learns_exclusive_or()
    {
        float[] features = [0, 0, 0, 1, 1, 0, 1, 1];
        int[] labels = [0, 1, 1, 0];
        var network = new Sequential(2, _binary with { Epochs = 500, BatchSize = 4, Optimizer = new Adam(0.01) }, 2);
        var history = Fit(network, features, labels);
        Assert.Equal(1, network.Evaluate(features, labels).Accuracy);
        Assert.True(history.Epochs[^1].Loss < 0.1 * history.Epochs[0].Loss);
    }

    [Fact]
    public void Learns_three_classes()
    {
        var (features, labels) = Clouds.Rows(150, 4, 3);
        var network = new Sequential(4, _threeClasses with { Epochs = 60, Optimizer = new Adam(0.01), BatchSize = 16 }, 2);
        Fit(network, features, labels);
        Assert.InRange(network.Evaluate(features, labels).Accuracy!.Value, 0.95, 1);
        Assert.All(Predict(network, features).Chunk(3), p => Assert.Equal(1, p.Sum(), 1e-6));
    }

    // One batch per epoch: the logged loss is that of the weights before the update, so the second epoch's is that of the weights after
    // the first.
    [Fact]
    public void The_loss_of_an_epoch_is_taken_before_each_update()
    {
        var (features, labels) = Clouds.Rows(32, 4, 2);
        var network = new Sequential(4, _binary with { Epochs = 1 }, 8);
        var before = network.Evaluate(features, labels);
        var history = Fit(network, features, labels);

        // The same sum in another order.
        Assert.Equal(before.Loss, history.Epochs[0].Loss, 1e-12);
        Assert.Equal(before.Accuracy, history.Epochs[0].Accuracy);
        Assert.NotEqual(before.Loss, network.Evaluate(features, labels).Loss);
        Assert.Null(history.Epochs[0].ValidationLoss);
    }

    [Fact]
    public void Validation_takes_the_last_rows_and_never_trains_on_them()
    {
        var (features, labels) = Clouds.Rows(50, 4, 2);
        var options = _binary with { Epochs = 3, ValidationSplit = 0.3 };
        var network = new Sequential(4, options, 8);
        var history = Fit(network, features, labels);

        var alone = new Sequential(4, options with { ValidationSplit = 0 }, 8);
        Fit(alone, features.AsSpan(0, 35 * 4), labels.AsSpan(0, 35));
        Assert.Equal(Predict(alone, features), Predict(network, features));
        Assert.Equal(network.Evaluate(features.AsSpan(35 * 4), labels.AsSpan(35)), new Scores(history.Epochs[^1].ValidationLoss!.Value, history.Epochs[^1].ValidationAccuracy, null, null));
    }

    [Fact]
    public void A_validation_split_without_rows_is_a_user_error() =>
        Assert.Throws<UserErrorException>(() => Fit(new Sequential(1, _binary with { ValidationSplit = 0.5 }, 1), [1], [1]));

    [Fact]
    public void An_exploding_loss_stops_training_and_keeps_the_last_good_weights()
    {
        var (features, labels) = Clouds.Rows(64, 4, 2);
        var network = new Sequential(4, _binary with { Epochs = 50, Optimizer = new Sgd(1e30) }, 8);
        var history = Fit(network, features, labels);
        Assert.Contains("lower learning_rate", history.StoppedBecause, StringComparison.Ordinal);
        Assert.True(history.Epochs.Length < 50);
        Assert.All(Predict(network, features), p => Assert.True(float.IsFinite(p)));
    }

    [Fact]
    public void Cancelling_ends_training()
    {
        var (features, labels) = Clouds.Rows(64, 4, 2);
        Assert.Throws<OperationCanceledException>(() => new Sequential(4, _binary, 1).Fit(features, labels, null, new CancellationToken(true)));
    }

    [Fact]
    public void Shapes_that_do_not_match_are_refused()
    {
        var network = new Sequential(4, _binary, 1);
        Assert.Throws<ArgumentException>(() => Predict(network, [1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(network, [1, 2, 3, 4], [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(network, [1, 2, 3, 4], [2]));
        Assert.Throws<ArgumentException>(() => new Sequential(4, _threeClasses, 1).SetWeights(network.Weights));
        Assert.Empty(Predict(network, []));
    }

    static History Fit(Sequential network, ReadOnlySpan<float> features, ReadOnlySpan<int> labels) =>
        network.Fit(features, labels, null, TestContext.Current.CancellationToken);

    static float[] Predict(Sequential network, ReadOnlySpan<float> features) => network.Predict(features, TestContext.Current.CancellationToken);
}
