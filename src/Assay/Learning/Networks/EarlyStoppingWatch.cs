namespace Assay.Learning.Networks;

// Keras' EarlyStopping at work; epochs count from 1 here, from 0 there.
sealed class EarlyStoppingWatch(EarlyStopping options)
{
    int _wait;
    double _best = BestOf.Worst(options.Monitor);

    public int BestEpoch { get; private set; }

    // The whole array of the best epoch; null while nothing was seen, or nothing is to be restored.
    public float[]? BestWeights { get; private set; }

    public WatchMarks Marks => new(_wait, _best, BestEpoch, 0);

    public void Restore(WatchMarks marks) => (_wait, _best, BestEpoch) = (marks.Wait, marks.Best, marks.BestEpoch);

    public void Restore(float[] bestWeights) => BestWeights = bestWeights;

    // Null to go on, or why to stop.
    public string? After(Epoch epoch, float[] weights)
    {
        if (epoch.Monitored(options.Monitor) is not { } current || epoch.Number - 1 < options.StartFromEpoch)
        {
            return null;
        }

        if (options.RestoreBestWeights && BestWeights is null)
        {
            Keep(epoch, weights);
        }

        _wait++;
        if (BestOf.Improves(options.Monitor, current, _best, options.MinDelta))
        {
            _best = current;
            Keep(epoch, weights);
            _wait = options.Baseline is not { } baseline || BestOf.Improves(options.Monitor, current, baseline, options.MinDelta) ? 0 : _wait;
            return null;
        }

        return _wait >= options.Patience && epoch.Number > 1
            ? FormattableString.Invariant($"{options.Monitor} was best in epoch {BestEpoch} ({_best:G6}) and has not improved for {_wait} epochs.")
            : null;
    }

    void Keep(Epoch epoch, float[] weights)
    {
        BestEpoch = epoch.Number;
        if (options.RestoreBestWeights)
        {
            BestWeights ??= new float[weights.Length];
            weights.CopyTo(BestWeights, 0);
        }
    }
}
