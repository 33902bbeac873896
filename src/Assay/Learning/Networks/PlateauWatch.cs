namespace Assay.Learning.Networks;

// Keras' ReduceLROnPlateau at work.
sealed class PlateauWatch(ReduceOnPlateau options)
{
    int _wait;
    int _cooldown;
    double _best = BestOf.Worst(options.Monitor);

    public WatchMarks Marks => new(_wait, _best, 0, _cooldown);

    public void Restore(WatchMarks marks) => (_wait, _best, _cooldown) = (marks.Wait, marks.Best, marks.Cooldown);

    // The rate from here on.
    public double After(Epoch epoch, double rate)
    {
        if (epoch.Monitored(options.Monitor) is not { } current)
        {
            return rate;
        }

        if (_cooldown > 0)
        {
            _cooldown--;
            _wait = 0;
        }

        if (BestOf.Improves(options.Monitor, current, _best, options.MinDelta))
        {
            (_best, _wait) = (current, 0);
        }
        else if (_cooldown == 0 && ++_wait >= options.Patience && rate > options.MinLearningRate)
        {
            (_cooldown, _wait) = (options.Cooldown, 0);
            return Math.Max(rate * options.Factor, options.MinLearningRate);
        }

        return rate;
    }
}
