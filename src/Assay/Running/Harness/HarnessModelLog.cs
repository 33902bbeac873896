using System.Text;
using Assay.Models;
using Assay.Results.Harness;
using Assay.Tasks;

namespace Assay.Running.Harness;

/// <summary>
/// Writes what one model made of a run's tasks in the form of lm-evaluation-harness: <c>FOLDER/MODEL/samples_TASK_DATE.jsonl</c> as it goes on, and
/// <c>results_DATE.json</c> at the end. A run that ends early has the lines of what was answered, and results of the tasks that were whole.
/// </summary>
sealed class HarnessModelLog : IDisposable
{
    readonly Spec _spec;
    readonly LanguageModelOptions _model;
    readonly RunServices _services;
    readonly ReportBuilder _report;
    readonly string _folder;
    readonly string _date;
    readonly long _start;
    readonly List<HarnessTaskResults> _done = [];
    HarnessTaskLog? _task;

    HarnessModelLog(Spec spec, LanguageModelOptions model, RunServices services, ReportBuilder report, string folder)
    {
        (_spec, _model, _services, _report) = (spec, model, services, report);
        (_folder, _date, _start) = (Path.Combine(folder, HarnessNames.Safe(model.Name)), HarnessNames.Date(report.Started), services.Time.GetTimestamp());
    }

    /// <summary>Null where the run is not to write these logs.</summary>
    /// <exception cref="UserErrorException">The folder cannot be made.</exception>
    public static HarnessModelLog? Open(Spec spec, LanguageModelOptions model, RunServices services, ReportBuilder report)
    {
        if (services.HarnessFolder is not { } folder)
        {
            return null;
        }

        var log = new HarnessModelLog(spec, model, services, report, folder);
        try
        {
            Directory.CreateDirectory(log._folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The folder {log._folder} for logs of lm-evaluation-harness cannot be made: {problem.Message} Name another.", problem);
        }

        return log;
    }

    /// <summary>What is added from here on is of this task.</summary>
    public void Begin(TaskDefinition task) =>
        _task = new HarnessTaskLog(task, Path.Combine(_folder, HarnessNames.Samples(task.Name, _date)), IsChat, Fewshot(task));

    /// <summary>An answer of the current task, in the order of the samples.</summary>
    public void Add(SampleAnswer answer) => _task!.Add(answer);

    /// <summary>The current task has all its answers.</summary>
    public async Task EndAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        var original = _spec.SampleLimit is null ? (long?)null : await TaskSamples.CountAsync(task, new SampleOptions(), cancellationToken).ConfigureAwait(false);
        _done.Add(_task!.Complete(original, cancellationToken));
        _task.Dispose();
        _task = null;
    }

    /// <summary>Writes the results of the tasks that are done, and the lines of the one that is not.</summary>
    public void Complete()
    {
        // Without its results: those of a part would read as those of the whole.
        _ = _task?.Complete(null, CancellationToken.None);
        if (_done.Count == 0)
        {
            return;
        }

        var run = new HarnessRun(
            _model.Name, Source, Arguments, _spec.SampleLimit, IsChat, $"{_services.Environment.Os}, {_services.Environment.Cpu}, {_services.Environment.Runtime}",
            _report.Run, _report.Started, _services.Time.GetElapsedTime(_start).TotalSeconds);
        File.WriteAllText(Path.Combine(_folder, HarnessNames.Results(_date)), HarnessResultsFile.Write(run, _done, _spec.Groups), new UTF8Encoding(false));
    }

    public void Dispose() => _task?.Dispose();

    bool IsChat => _model is ChatClientOptions or OpenAIModelOptions { Form: PromptForm.Chat } or LocalModelOptions { Form: PromptForm.Chat };

    string Source => _model switch
    {
        OpenAIModelOptions => IsChat ? "local-chat-completions" : "local-completions",
        ReplayOptions => "assay-replay",
        _ => "assay-local",
    };

    // Without the user and the query of an address: keys may be in them.
    string Arguments => _model switch
    {
        OpenAIModelOptions service => $"model={service.Model},base_url={service.Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}",
        LocalModelOptions local => $"pretrained={local.Path}",
        ReplayOptions replay => $"path={replay.Path}",
        _ => "",
    };

    int Fewshot(TaskDefinition task) => _spec.Fewshot ?? task.Fewshot.Count;
}
