using System.CommandLine;
using Assay.Load;

namespace Assay.Cli;

/// <summary>Options of the commands that run a spec.</summary>
sealed record RunOptions(string Output, string? Store, string? Records, ulong? Seed, bool Json, bool Resume)
{
    static readonly Option<string> _output = new("--output", "-o") { Description = "folder for reports", DefaultValueFactory = _ => "assay-out" };
    static readonly Option<string?> _store = StoreOption.Create();
    static readonly Option<string?> _records = new("--records") { Description = "write every record to this file, as JSON lines" };
    static readonly Option<ulong?> _seed = new("--seed") { Description = "in place of the spec's seed" };
    static readonly Option<bool> _json = new("--json") { Description = "print one JSON document to standard output" };

    static readonly Option<bool> _resume = new("--resume") { Description = "go on with the finished fits and answers of a run that was stopped or killed" };

    static readonly Option<string?> _junit = new("--junit") { Description = "write gates and tasks to this file as JUnit XML" };
    static readonly Option<string?> _summary = new("--summary") { Description = "append a page of Markdown to this file (in GitHub Actions: the job's summary)" };
    static readonly Option<bool> _github = new("--github") { Description = "print GitHub's annotations to standard error (in GitHub Actions: always)" };

    /// <summary>Of a command without a spec; see <see cref="ResumeRun"/>.</summary>
    public static Option<string?> ResumeOption { get; } = new("--resume") { Description = "go on with this stored run (without a name: the last one that was not finished); what it has answers for is not asked again", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Of commands with tasks; see <see cref="Harness"/>.</summary>
    public static Option<string?> HarnessOption { get; } = new("--harness") { Description = "write results and samples of the tasks to this folder, in the form of lm-evaluation-harness" };

    /// <summary>Of these none decides what is measured, but for the seed, which is stored apart.</summary>
    public static Option[] All { get; } = [_output, _store, _records, _seed, _json, _junit, _summary, _github, _resume, ResumeOption, HarnessOption];

    public static void AddTo(Command command, bool byRun = false, bool resumes = true)
    {
        command.Add(_output);
        command.Add(_store);
        command.Add(_records);
        command.Add(_seed);
        command.Add(_json);
        command.Add(_junit);
        command.Add(_summary);
        command.Add(_github);
        if (resumes)
        {
            command.Add(byRun ? ResumeOption : _resume);
        }
    }

    public static RunOptions Of(ParseResult arguments) => new(
        arguments.GetRequiredValue(_output), arguments.GetValue(_store), arguments.GetValue(_records), arguments.GetValue(_seed), arguments.GetValue(_json), arguments.GetValue(_resume) || arguments.GetResult(ResumeOption) is { Implicit: false })
    {
        ResumeRun = arguments.GetValue(ResumeOption),
        Harness = arguments.GetValue(HarnessOption),
        JUnit = arguments.GetValue(_junit),
        Summary = arguments.GetValue(_summary) ?? Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY"),
        GitHub = arguments.GetValue(_github) || Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true",
    };

    /// <summary>Folder for logs in the form of lm-evaluation-harness; null for none.</summary>
    public string? Harness { get; init; }

    /// <summary>The run to go on with; null with <see cref="Resume"/>: the last unfinished one of the same spec.</summary>
    public string? ResumeRun { get; init; }

    /// <summary>Folder of answers that services gave before; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Told of every load as it is done; null for nobody.</summary>
    public Action<string, LoadResult>? OnLoad { get; init; }

    /// <summary>As of the services of a run.</summary>
    public Func<int, LoadOptions, IProgress<LoadProgress>, CancellationToken, Task<LoadResult>>? LoadElsewhere { get; init; }

    /// <summary>File for JUnit XML; null for none.</summary>
    public string? JUnit { get; init; }

    /// <summary>File that a page of Markdown is appended to; null for none.</summary>
    public string? Summary { get; init; }

    /// <summary>Whether GitHub's annotations are printed.</summary>
    public bool GitHub { get; init; }

    public string StorePath => StoreOption.PathOf(Store, Output);
}
