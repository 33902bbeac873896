using System.Collections.Immutable;

namespace Assay.Learning.Networks;

// All that training carries from one epoch to the next, besides the weights.
sealed class TrainingState(SequentialOptions options, int weights, int learned)
{
    public List<Epoch> Epochs { get; } = [];

    public float[] Optimizer { get; } = new float[learned * options.Optimizer.StatePerWeight];

    // The weights of the last good epoch.
    public float[] Kept { get; } = new float[weights];

    // Updates so far.
    public long Steps { get; set; }

    // The optimiser's rate; a plateau lowers it.
    public double Rate { get; set; } = options.Optimizer.LearningRate;

    // Why training ended early.
    public string? Stopped { get; set; }

    public EarlyStoppingWatch? EarlyStopping { get; } = options.EarlyStopping is { } stopping ? new EarlyStoppingWatch(stopping) : null;

    public PlateauWatch? Plateau { get; } = options.ReduceOnPlateau is { } plateau ? new PlateauWatch(plateau) : null;

    public TrainingMarks Marks => new([.. Epochs], Steps, Rate, Stopped, EarlyStopping?.Marks, Plateau?.Marks);

    public void Restore(TrainingMarks marks)
    {
        Epochs.AddRange(marks.Epochs);
        (Steps, Rate, Stopped) = (marks.Steps, marks.Rate, marks.Stopped);
        EarlyStopping?.Restore(marks.EarlyStopping!);
        Plateau?.Restore(marks.Plateau!);
    }
}

// The part of a state that is not tensors.
sealed record TrainingMarks(ImmutableArray<Epoch> Epochs, long Steps, double Rate, string? Stopped, WatchMarks? EarlyStopping, WatchMarks? Plateau);

// What a watch remembers.
sealed record WatchMarks(int Wait, double Best, int BestEpoch, int Cooldown);
