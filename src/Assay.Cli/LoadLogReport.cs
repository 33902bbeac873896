using Assay.Reporting;
using Assay.Running;

namespace Assay.Cli;

/// <summary>The report of a load from its event log alone: the same numbers as those of the run.</summary>
static class LoadLogReport
{
    /// <summary>Prints it, as tables or as one JSON document. 0, or 3 when the run was cut short or is not valid.</summary>
    public static async Task<int> RunAsync(string path, bool json, CancellationToken cancellationToken)
    {
        var report = LoadReport.OfLog(path, "report", TimeProvider.System);
        if (json)
        {
            Console.Out.WriteLine(ConsoleOutput.RunDocument(report, ""));
        }
        else
        {
            await using var output = Console.OpenStandardOutput();
            var colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
            await new TextReportWriter(colour).WriteAsync(report, output, cancellationToken).ConfigureAwait(false);
        }

        return report.Verdict == Verdict.Incomplete ? CommandLine.Incomplete : CommandLine.Done;
    }
}
