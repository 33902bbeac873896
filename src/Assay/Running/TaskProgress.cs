using System.Globalization;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>Tells how far a task is, how fast it goes and how much of it was answered: at most ten times a second, and at its end.</summary>
/// <param name="services">The clock, and who listens.</param>
/// <param name="stage">Its name.</param>
/// <param name="total">Samples of the task.</param>
sealed class TaskProgress(RunServices services, string stage, long total)
{
    static readonly TimeSpan _pause = TimeSpan.FromSeconds(0.1);

    readonly long _started = services.Time.GetTimestamp();
    long _told;

    public void Tell(TaskTally tally)
    {
        if (services.Progress is not { } progress || (_told != 0 && tally.Samples < total && services.Time.GetElapsedTime(_told) < _pause))
        {
            return;
        }

        _told = services.Time.GetTimestamp();
        var rate = tally.Samples / Math.Max(1e-3, services.Time.GetElapsedTime(_started, _told).TotalSeconds);
        progress.Report(new RunProgress(
            stage,
            string.Create(CultureInfo.InvariantCulture, $"{tally.Samples} of {total}, {NumberText.Number(rate)}/s, coverage {NumberText.Number(tally.Answered)}"),
            total == 0 ? null : Math.Min(1, (double)tally.Samples / total)));
    }
}
