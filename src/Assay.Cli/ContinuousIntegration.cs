using Assay.Reporting;

namespace Assay.Cli;

/// <summary>What CI servers read of a run.</summary>
static class ContinuousIntegration
{
    /// <summary>A file that cannot be written is found before anything is paid for.</summary>
    /// <exception cref="UserErrorException">One of them cannot.</exception>
    public static void Check(RunOptions options)
    {
        foreach (var path in new[] { options.JUnit, options.Summary }.Where(path => !string.IsNullOrEmpty(path)))
        {
            try
            {
                using var file = new FileStream(Prepared(path!), FileMode.OpenOrCreate, FileAccess.Write);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new UserErrorException($"'{path}' cannot be written: {e.Message} Expected a file for --junit or --summary in a folder that may be written to.", e);
            }
        }
    }

    // Also after Ctrl+C: the report is what was done.
    public static async Task TellAsync(Report report, RunOptions options)
    {
        if (options.JUnit is { } junit)
        {
            await using var file = File.Create(Prepared(junit));
            await new JUnitReportWriter().WriteAsync(report, file, CancellationToken.None).ConfigureAwait(false);
        }

        if (!string.IsNullOrEmpty(options.Summary))
        {
            await using var file = new FileStream(Prepared(options.Summary), FileMode.Append);
            await new MarkdownSummaryWriter().WriteAsync(report, file, CancellationToken.None).ConfigureAwait(false);
        }

        if (options.GitHub)
        {
            foreach (var line in GitHubAnnotations.Lines(report))
            {
                await Console.Error.WriteLineAsync(line).ConfigureAwait(false);
            }
        }
    }

    static string Prepared(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return path;
    }
}
