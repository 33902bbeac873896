using Assay.Load.Recording;
using Assay.Reporting;

namespace Assay.Running;

/// <summary>Makes the report of a load whose event log was kept.</summary>
public static class LoadReport
{
    /// <summary>
    /// All that the report of the run had, recomputed: times, rates, counts, checks and verdict. Not in a log are the service's address and name, the gates, and what
    /// the server's process used.
    /// </summary>
    /// <param name="path">The log.</param>
    /// <param name="command">As it stands in the report.</param>
    /// <param name="time">Times the making of the report.</param>
    /// <exception cref="UserErrorException">The file is no event log, or cannot be read.</exception>
    public static Report OfLog(string path, string command, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var result = EventLog.Read(path);
        var name = Path.GetFileNameWithoutExtension(path);
        var (section, estimates) = LoadSections.Describe(result.Arrivals.Description, result, name);
        var builder = new ReportBuilder(new Spec { Name = name }, new RunServices { Time = time, Command = command }, name);
        builder.Add(estimates);
        builder.Add(section);
        if (LoadSections.Shortcoming(section) is { } shortcoming)
        {
            builder.IsShort(shortcoming);
        }

        return builder.Build() with { Started = result.Started, Seconds = result.Elapsed.TotalSeconds };
    }
}
