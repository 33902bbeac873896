using Assay.Reporting;
using Assay.Results;
using Assay.Running;
using Assay.Storage;
using Assay.Web.Reporting;

namespace Assay.Cli;

/// <summary>Runs a spec with the parts of the command line and writes what came of it.</summary>
static class SpecExecution
{
    public static async Task<int> RunAsync(Spec spec, string command, RunOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Output);
        ContinuousIntegration.Check(options);
        var seeded = options.Seed is { } seed ? spec with { Seed = seed } : spec;
        await using var records = options.Records is { } path ? new StreamWriter(path, append: false) { NewLine = "\n" } : null;
        using var work = RunWork.Open(seeded, options);
        var report = await MeasureAsync(seeded, command, options, work, records, cancellationToken).ConfigureAwait(false);
        work.End(report.Verdict == Verdict.Incomplete);
        var folder = await WriteAsync(report, options).ConfigureAwait(false);
        await ContinuousIntegration.TellAsync(report, options).ConfigureAwait(false);
        await PrintAsync(report, folder, options.Json).ConfigureAwait(false);
        return ExitCode(report, cancellationToken.IsCancellationRequested);
    }

    static async Task<Report> MeasureAsync(Spec spec, string command, RunOptions options, RunWork work, StreamWriter? records, CancellationToken cancellationToken)
    {
        using var progress = new ConsoleProgress(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
        var store = RunStore.Open(options.StorePath, TimeProvider.System);
        var services = new RunServices
        {
            Time = TimeProvider.System,
            Command = command,
            Store = store,
            ResumeRun = spec.Tasks.IsEmpty || !options.Resume ? null : options.ResumeRun ?? await UnfinishedAsync(store, spec, cancellationToken).ConfigureAwait(false),
            Cache = options.Cache,
            HarnessFolder = options.Harness,
            Host = new ServeProcess(),
            OnRecord = records is null ? null : record => records.WriteLine(RecordJson.Serialize(record)),
            OnLoad = options.OnLoad,
            LoadElsewhere = options.LoadElsewhere,
            Progress = progress,
            Checkpoint = work.Checkpoint,
            StudyJournal = work.StudyJournal,
        };
        return await Runner.RunAsync(spec, services, cancellationToken).ConfigureAwait(false);
    }

    static async Task<string?> UnfinishedAsync(RunStore store, Spec spec, CancellationToken cancellationToken)
    {
        await foreach (var run in store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (run.Header.Name == spec.Name && run.Header.Spec == spec.Source && run.Header.Seed == spec.Seed && run.State is not (RunState.Done or RunState.Running))
            {
                Console.Error.WriteLine($"Going on with {run.Header.Id}, which has {run.RecordCount} records.");
                return run.Header.Id;
            }
        }

        Console.Error.WriteLine($"There is no unfinished run of {spec.Name} with the same settings: beginning anew.");
        return null;
    }

    // Also after Ctrl+C: the report is what was done.
    static async Task<string> WriteAsync(Report report, RunOptions options)
    {
        var folder = Path.GetFullPath(Path.Combine(options.Output, report.Run));
        Directory.CreateDirectory(folder);
        var stored = await StoredAsync(report, options).ConfigureAwait(false);
        IReportWriter[] writers = [new JsonReportWriter(), new MarkdownReportWriter(), new HtmlReportWriter(stored is null ? null : _ => stored.Records)];
        foreach (var writer in writers)
        {
            await using var file = File.Create(Path.Combine(folder, writer.FileName));
            await writer.WriteAsync(report, file, CancellationToken.None).ConfigureAwait(false);
        }

        return folder;
    }

    // What was measured is reported, also where the store fails after it.
    static async Task<StoredRun?> StoredAsync(Report report, RunOptions options)
    {
        try
        {
            return await RunStore.Open(options.StorePath, TimeProvider.System).ReadAsync(report.Run, CancellationToken.None).ConfigureAwait(false);
        }
        catch (UserErrorException problem)
        {
            Console.Error.WriteLine($"The report has no samples: {problem.Message}");
            return null;
        }
    }

    static async Task PrintAsync(Report report, string folder, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(ConsoleOutput.RunDocument(report, folder));
            return;
        }

        await using var output = Console.OpenStandardOutput();
        var colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
        await new TextReportWriter(colour).WriteAsync(report, output, CancellationToken.None).ConfigureAwait(false);
        Console.Out.WriteLine($"\nReport: {Path.Combine(folder, "report.html")} (also report.md, report.json)");
    }

    static int ExitCode(Report report, bool cancelled) => (report.Verdict, cancelled) switch
    {
        (Verdict.Incomplete, true) => CommandLine.Cancelled,
        (Verdict.Incomplete, false) => CommandLine.Incomplete,
        (Verdict.Fail, _) => CommandLine.GateBroken,
        _ => CommandLine.Done,
    };
}
