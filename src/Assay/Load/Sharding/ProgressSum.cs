using System.Globalization;

namespace Assay.Load.Sharding;

/// <summary>Adds up what several processes tell of how far they are.</summary>
sealed class ProgressSum(int processes, TimeProvider time, IProgress<LoadProgress>? progress)
{
    readonly (int Sent, int Ok, int Failed)[] _last = new (int, int, int)[processes];
    readonly Lock _lock = new();
    long _started;

    public void Start() => _started = time.GetTimestamp();

    /// <param name="index">Of the process.</param>
    /// <param name="line">Sent, ok, failed; anything else is passed over.</param>
    public void Note(int index, string line)
    {
        var numbers = line.Split(' ').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        if (progress is null || numbers is not [>= 0 and var sent, >= 0 and var ok, >= 0 and var failed])
        {
            return;
        }

        lock (_lock)
        {
            _last[index] = (sent, ok, failed);
            progress.Report(new LoadProgress(
                time.GetElapsedTime(_started), _last.Sum(part => part.Sent), _last.Sum(part => part.Ok), _last.Sum(part => part.Failed)));
        }
    }
}
