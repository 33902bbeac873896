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

    public EarlyStoppingWatch? EarlyStopping { get; set; } = options.EarlyStopping is { } stopping ? new EarlyStoppingWatch(stopping) : null;

    public PlateauWatch? Plateau { get; set; } = options.ReduceOnPlateau is { } plateau ? new PlateauWatch(plateau) : null;
}
