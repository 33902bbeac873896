using Assay.Load;
using Assay.Models;
using Assay.Reporting;
using Assay.Running.Harness;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>The road of language models: every task under every model.</summary>
sealed class TaskRun(Spec spec, RunServices services, ReportBuilder report, Recorder recorder, StoredAnswers stored)
{
    readonly Budget _budget = new(spec.Limits.Budget, services.Time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (spec.Tasks.IsEmpty)
        {
            return;
        }

        _budget.Resume(stored.Spent, stored.Elapsed);
        foreach (var options in spec.Models)
        {
            if (options is OpenAIModelOptions service && spec.Limits.Budget.IsBounded)
            {
                await EstimateAsync(service, cancellationToken).ConfigureAwait(false);
            }

            await using var session = await ModelSession.OpenAsync(options, spec, _budget, services, report, cancellationToken).ConfigureAwait(false);
            await EvaluateAsync(session, cancellationToken).ConfigureAwait(false);
            await LoadAsync(session, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task EvaluateAsync(ModelSession session, CancellationToken cancellationToken)
    {
        var options = session.Options;
        using var harness = HarnessModelLog.Open(spec, options, services, report);
        try
        {
            var scores = new Dictionary<string, IReadOnlyList<SampleScore>>(StringComparer.Ordinal);
            foreach (var task in spec.Tasks)
            {
                var stage = $"evaluate {task.Name} {options.Name}";
                await report.StageAsync(stage, () => EvaluateAsync(task, session, scores, harness, stage, cancellationToken), summary => summary).ConfigureAwait(false);
            }

            foreach (var group in spec.Groups)
            {
                report.Add(GroupEstimates.Compute(group, options.Name, scores));
            }
        }
        finally
        {
            harness?.Complete();
        }
    }

    async Task LoadAsync(ModelSession session, CancellationToken cancellationToken)
    {
        foreach (var (i, profile) in spec.Loads.Index().Where(load => load.Item is { Service: null, Protocol: not LoadProtocol.V2 } && session.Served is not null))
        {
            await report.StageAsync(
                $"load {profile.Name}", () => LanguageLoad.RunAsync(spec, i, services, report, session, cancellationToken), summary => summary).ConfigureAwait(false);
        }
    }

    async Task<string> EvaluateAsync(
        TaskDefinition task, ModelSession session, Dictionary<string, IReadOnlyList<SampleScore>> scores, HarnessModelLog? harness, string stage, CancellationToken cancellationToken)
    {
        harness?.Begin(task);
        var model = await session.ForTaskAsync(task, cancellationToken).ConfigureAwait(false);
        var tally = new TaskTally(task);
        scores[task.Name] = tally.Scores;
        var ask = SampleQuestion.For(task, model, session.Options, session.WhyNoLikelihoods);
        var watch = SequentialTask.For(spec, task, model.Name, report.Against);
        var answers = new TaskAnswers(task, model.Name, ask, stored, _budget, recorder) { Watch = watch };
        var choice = Choice(task, session.Options);
        var progress = new TaskProgress(services, stage, services.Progress is null ? 0 : await TaskSamples.CountAsync(task, choice, cancellationToken).ConfigureAwait(false));
        await foreach (var answer in answers.ReadAsync(choice, AtATime(session), cancellationToken).ConfigureAwait(false))
        {
            harness?.Add(answer);
            tally.Add(answer);
            foreach (var record in answer.Records)
            {
                recorder.Tell(record);
            }

            watch?.Add(answer);
            progress.Tell(tally);
        }

        var summary = Finish(task, model, tally, watch, cancellationToken) + (session.IsRemote ? $"; {_budget.Describe()}" : "");
        if (answers.Stopped is { } stopped)
        {
            throw new ModelStoppedException(stopped.Message, stopped);
        }

        await (harness?.EndAsync(task, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        return summary;
    }

    SampleOptions Choice(TaskDefinition task, LanguageModelOptions options) => new()
    {
        Limit = spec.SampleLimit,
        IdColumn = (options as ReplayOptions)?.Id,
        TagColumns = task.Slices,
        Fewshot = spec.Fewshot,
        Chat = options is LocalModelOptions { Form: PromptForm.Chat } or OpenAIModelOptions { Form: PromptForm.Chat } or ChatClientOptions,
    };

    // Whoever sets a budget is told beforehand what the run will want of it.
    async Task EstimateAsync(OpenAIModelOptions service, CancellationToken cancellationToken)
    {
        var use = new BudgetEstimate();
        foreach (var task in spec.Tasks)
        {
            await foreach (var sample in TaskSamples.ReadAsync(task, Choice(task, service), cancellationToken).ConfigureAwait(false))
            {
                if (!stored.Has(task, service.Name, sample))
                {
                    use.Add(task, sample);
                }
            }
        }

        await report.StageAsync($"estimate {service.Name}", () => Task.FromResult(use.Describe(service.Prices)), summary => summary).ConfigureAwait(false);
        if (use.Exceeded(_budget.Left, service.Prices) is { } bound)
        {
            report.Find("warning", $"{service.Name}: the budget has {bound} left, which will not do for all samples: {use.Describe(service.Prices)}");
        }
    }

    // An adaptive limit is kept request by request, and not by sample.
    int AtATime(ModelSession session) => spec.Limits.Adaptive && session.IsRemote ? TaskAnswers.MostAtATime : spec.Concurrency;

    static string? Unused(IModel model) => model switch
    {
        ReplayModel { UnusedRows: > 0 } outputs => $"{outputs.UnusedRows} of {outputs.RowCount} stored outputs",
        ReplayLikelihoodModel { UnusedQuestions: > 0 } logged => $"{logged.UnusedQuestions} of {logged.QuestionCount} logged log-likelihoods",
        _ => null,
    };

    string Finish(TaskDefinition task, IModel model, TaskTally tally, SequentialTask? watch, CancellationToken cancellationToken)
    {
        var fixedSize = TaskEstimates.Compute(task, model.Name, tally.Scores, EvaluateStage.Options(spec), cancellationToken);
        var estimates = watch?.Adjust(fixedSize) ?? fixedSize;
        report.Watched(watch);
        report.Add(estimates);
        foreach (var section in tally.Describe(model.Name))
        {
            report.Add(section);
        }

        TaskSlices.Report(task, model.Name, tally, report);
        if (spec.SampleLimit is null && Unused(model) is { } unused)
        {
            report.Find("warning", $"{model.Name}: {unused} belong to no sample of {task.Name}; check that both files are of the same data");
        }

        var coverage = tally.Coverage(model.Name);
        report.Add([.. coverage]);
        foreach (var poor in coverage.Where(estimate => estimate.Value < spec.Limits.Coverage))
        {
            report.IsShort($"{model.Name} answered {NumberText.Number(poor.Value!.Value)} of the samples of {task.Name}, and {NumberText.Number(spec.Limits.Coverage)} are wanted ('limits: {{coverage: ...}}'): {tally.FirstFailure}");
        }

        if (tally.Failed > 0)
        {
            report.Find("warning", $"{model.Name}: {tally.Failed} of {tally.Scores.Count} answers to {task.Name} are not in the score: {tally.FirstFailure}");
        }

        var main = estimates.FirstOrDefault(estimate => estimate.Value is not null);
        return main is null ? $"{tally.Samples} samples, nothing could be scored" : $"{main.Metric} {NumberText.Of(main)} of {main.N} samples";
    }
}
