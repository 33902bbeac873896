using System.Collections.Immutable;
using System.Globalization;
using Assay.Learning;
using Assay.Learning.Networks;

namespace Assay.Tests.Learning.Networks;

/// <summary>The rules of keras/src/callbacks (early_stopping.py, reduce_lr_on_plateau.py), epoch by epoch.</summary>
public sealed class CallbackTests : IDisposable
{
    static readonly SequentialOptions _options = new()
    {
        Layers = [new Dense(8, Activation.Relu), new BatchNormalization(), new Dropout(0.2), new Dense(1, Activation.Sigmoid)],
        Loss = Loss.BinaryCrossentropy,
        Epochs = 12,
        BatchSize = 16,
        ValidationSplit = 0.25,
        Optimizer = new Adam(0.01),
    };

    readonly string _folder = Directory.CreateTempSubdirectory("assay-callbacks").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Losses of the epochs, and the epoch that stops (0: none).
    [Theory]
    [InlineData("5 4 3 2 1", 0, 0.0, null, 0, 0)]
    [InlineData("5 4 4 3 2", 0, 0.0, null, 0, 3)]
    [InlineData("5 6 5 4 4.5 4.2 4.1", 2, 0.0, null, 0, 3)]
    [InlineData("5 6 4 4.5 4.2 4.1", 2, 0.0, null, 0, 5)]
    [InlineData("5 4.9 4.8 4.7", 2, 0.5, null, 0, 3)]
    [InlineData("5 4 3 2 2 2", 2, 0.0, 1.0, 0, 5)]
    [InlineData("5 4 0.5 2 2 2", 2, 0.0, 1.0, 0, 5)]
    [InlineData("1 2 3 2 1 2", 0, 0.0, null, 2, 6)]
    [InlineData("NaN NaN NaN", 0, 0.0, null, 0, 2)]
    public void Early_stopping_follows_keras(string losses, int patience, double minDelta, double? baseline, int startFrom, int expected)
    {
        var stopping = new EarlyStopping("val_loss", patience, minDelta, baseline, startFrom);
        Assert.Equal(expected, stopping.StopsAfter(Epochs(losses)) ?? 0);
    }

    [Fact]
    public void More_accuracy_is_better()
    {
        double[] accuracies = [0.5, 0.6, 0.55];
        Assert.Equal(3, new EarlyStopping("val_accuracy").StopsAfter(accuracies.Select((accuracy, i) => new Epoch(i + 1, 1, null, null, accuracy))));
    }

    // Rates after each epoch.
    [Theory]
    [InlineData("5 5 5 5 5", 2, 0, 0.0, "1 1 0.1 0.1 0.01")]
    [InlineData("5 5 5 5 5 5", 2, 2, 0.0, "1 1 0.1 0.1 0.1 0.01")]
    [InlineData("5 5 5 5 5", 1, 0, 0.05, "1 0.1 0.05 0.05 0.05")]
    [InlineData("5 4 3 2 1", 1, 0, 0.0, "1 1 1 1 1")]
    public void The_plateau_follows_keras(string losses, int patience, int cooldown, double least, string expected)
    {
        var rates = new ReduceOnPlateau(Patience: patience, Cooldown: cooldown, MinLearningRate: least).RatesAfter(Epochs(losses), 1);
        Assert.All(rates, (found, i) => Assert.Equal(Numbers(expected)[i], found, 1e-9));
    }

    [Fact]
    public void The_best_weights_are_restored()
    {
        var stopping = new EarlyStopping(Patience: 3, RestoreBestWeights: true);
        var (network, history) = Train(_options with { EarlyStopping = stopping, Epochs = 200, Optimizer = new Adam(0.1) });
        var best = history.Epochs.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.Equal(best.Number, history.RestoredEpoch);
        Assert.Equal(best.Number + 3, history.Epochs.Length);
        Assert.Contains($"epoch {best.Number}", history.StoppedEarly, StringComparison.Ordinal);
        Assert.Null(history.StoppedBecause);
        var (features, labels) = Clouds.Rows(120, 5, 2);
        Assert.Equal(best.ValidationLoss!.Value, network.Evaluate(features.AsSpan(90 * 5), labels.AsSpan(90)).Loss);
    }

    [Fact]
    public void Monitoring_validation_without_validation_rows_is_a_user_error() => Assert.Contains(
        "'val_loss'", Assert.Throws<UserErrorException>(() => Train(_options with { EarlyStopping = new EarlyStopping(), ValidationSplit = 0 })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_plateau_lowers_the_rate_in_the_history()
    {
        var (_, history) = Train(_options with { ReduceOnPlateau = new ReduceOnPlateau("loss", 0.5, 1, 1000), Epochs = 4 });
        Assert.Equal([0.01, 0.01, 0.005, 0.0025], history.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void A_callback_of_ones_own_may_end_training()
    {
        var seen = new List<Epoch>();
        var (_, history) = Train(_options, new FitOptions { Callbacks = [new StopAfter(3, seen)] });
        Assert.Equal("three are enough", history.StoppedEarly);
        Assert.Equal(3, history.Epochs.Length);
        Assert.Equal(history.Epochs, seen);
    }

    [Fact]
    public void The_log_has_a_line_per_epoch()
    {
        var (_, history) = Train(_options with { Epochs = 3 }, new FitOptions { CsvLog = new CsvLog(At("log.csv")) });
        var lines = File.ReadAllLines(At("log.csv"));
        Assert.Equal("epoch,accuracy,learning_rate,loss,val_accuracy,val_loss", lines[0]);
        Assert.Equal(4, lines.Length);
        Assert.Equal(history.Epochs[2].ValidationLoss, double.Parse(lines[3].Split(',')[5], CultureInfo.InvariantCulture));
        Assert.Throws<UserErrorException>(() => Train(_options, new FitOptions { CsvLog = new CsvLog(At("absent/log.csv")) }));
    }

    // Every place at which training may be interrupted, with all that carries state from epoch to epoch.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Resumed_training_ends_with_the_bits_of_the_uninterrupted_one(int interrupted)
    {
        var options = _options with
        {
            EarlyStopping = new EarlyStopping(Patience: 50, RestoreBestWeights: true),
            ReduceOnPlateau = new ReduceOnPlateau("loss", 0.5, 1, 0.05),
        };
        var (whole, history) = Train(options, new FitOptions { CsvLog = new CsvLog(At("whole.csv")) });

        var fit = new FitOptions { Checkpoint = new Checkpoint(At("state")), CsvLog = new CsvLog(At("log.csv")) };
        Assert.Throws<OperationCanceledException>(() => Train(options, fit with { Callbacks = [new Interruption(interrupted)] }));
        var (resumed, later) = Train(options, fit with { Checkpoint = new Checkpoint(At("state"), Resume: true) });
        Assert.Equal(whole.Weights.Select(tensor => tensor.Values), resumed.Weights.Select(tensor => tensor.Values));
        Assert.Equal(history.Epochs, later.Epochs);
        Assert.Equal(history.RestoredEpoch, later.RestoredEpoch);
        Assert.Equal(File.ReadAllText(At("whole.csv")), File.ReadAllText(At("log.csv")));
    }

    [Fact]
    public void A_training_that_had_ended_is_not_trained_further()
    {
        var fit = new FitOptions { Checkpoint = new Checkpoint(At("state"), Resume: true) };
        var options = _options with { EarlyStopping = new EarlyStopping("loss", MinDelta: 100) };
        var (first, history) = Train(options, fit);
        var (again, same) = Train(options, fit);
        Assert.Equal(2, history.Epochs.Length);
        Assert.Equal(history.Epochs, same.Epochs);
        Assert.Equal(history.StoppedEarly, same.StoppedEarly);
        Assert.Equal(first.Weights.Select(tensor => tensor.Values), again.Weights.Select(tensor => tensor.Values));
    }

    [Fact]
    public void A_checkpoint_of_another_training_or_a_damaged_one_is_a_user_error()
    {
        var fit = new FitOptions { Checkpoint = new Checkpoint(At("state"), Resume: true) };
        Train(_options with { Epochs = 2 }, fit);
        Assert.Contains("another options", Assert.Throws<UserErrorException>(() => Train(_options with { BatchSize = 8 }, fit)).Message, StringComparison.Ordinal);
        Assert.Contains("another seed", Assert.Throws<UserErrorException>(() => Train(_options, fit, 9)).Message, StringComparison.Ordinal);
        Assert.Equal(3, Train(_options with { Epochs = 3 }, fit).History.Epochs.Length);
        var bytes = File.ReadAllBytes(At("state"));
        File.WriteAllBytes(At("state"), bytes[..(bytes.Length / 2)]);
        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => Train(_options, fit)).Message, StringComparison.Ordinal);
    }

    static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    static ImmutableArray<Epoch> Epochs(string losses) => [.. Numbers(losses).Select((loss, i) => new Epoch(i + 1, 0, null, loss, null))];

    string At(string name) => Path.Combine(_folder, name);

    static (Sequential Network, History History) Train(SequentialOptions options, FitOptions? fit = null, ulong seed = 3)
    {
        var (features, labels) = Clouds.Rows(120, 5, 2);
        var network = new Sequential(5, options, seed);
        return (network, network.Fit(Clouds.Examples(features, labels, 5, 2), fit, Token));
    }

    sealed class StopAfter(int epochs, List<Epoch> seen) : ITrainingCallback
    {
        public string? AfterEpoch(Epoch epoch, Sequential network)
        {
            seen.Add(epoch);
            return epoch.Number == epochs ? "three are enough" : null;
        }
    }

    // As if the process had died in the epoch after the checkpoint was written.
    sealed class Interruption(int epochs) : ITrainingCallback
    {
        public string? AfterEpoch(Epoch epoch, Sequential network) => epoch.Number <= epochs ? null : throw new OperationCanceledException();
    }
}
