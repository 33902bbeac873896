using System.Runtime.CompilerServices;
using Assay.Models;
using Assay.Reporting;
using Assay.Results;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>The road of language models: every task under every model.</summary>
sealed class TaskRun(Spec spec, RunServices services, ReportBuilder report, Recorder recorder)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (spec.Tasks.IsEmpty)
        {
            return;
        }

        foreach (var options in spec.Models)
        {
            await using var session = await ModelSession.OpenAsync(options, spec, services, report, cancellationToken).ConfigureAwait(false);
            var scores = new Dictionary<string, IReadOnlyList<SampleScore>>(StringComparer.Ordinal);
            foreach (var task in spec.Tasks)
            {
                var stage = $"evaluate {task.Name} {options.Name}";
                await report.StageAsync(stage, () => EvaluateAsync(task, session, scores, stage, cancellationToken), summary => summary).ConfigureAwait(false);
            }

            foreach (var group in spec.Groups)
            {
                report.Add(GroupEstimates.Compute(group, options.Name, scores));
            }

            await LoadAsync(session, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task LoadAsync(ModelSession session, CancellationToken cancellationToken)
    {
        foreach (var (i, profile) in spec.Loads.Index().Where(load => load.Item.Protocol != LoadProtocol.V2 && session.Served is not null))
        {
            await report.StageAsync(
                $"load {profile.Name}", () => LanguageLoad.RunAsync(spec, i, services, report, session, cancellationToken), summary => summary).ConfigureAwait(false);
        }
    }

    async Task<string> EvaluateAsync(
        TaskDefinition task, ModelSession session, Dictionary<string, IReadOnlyList<SampleScore>> scores, string stage, CancellationToken cancellationToken)
    {
        var model = await session.ForTaskAsync(cancellationToken).ConfigureAwait(false);
        var tally = new TaskTally(task);
        scores[task.Name] = tally.Scores;
        var ask = SampleQuestion.For(task, model, session.Options);
        var choice = new SampleOptions
        {
            Limit = spec.SampleLimit,
            IdColumn = (session.Options as ReplayOptions)?.Id,
            TagColumns = task.Slices,
            Fewshot = spec.Fewshot,
            Chat = session.Options is LocalModelOptions { Form: PromptForm.Chat } or OpenAIModelOptions { Form: PromptForm.Chat },
        };
        await foreach (var answer in AnswerAsync(task, ask, choice, cancellationToken).ConfigureAwait(false))
        {
            foreach (var score in answer.Scores)
            {
                tally.Add(answer.Sample, score);
                await recorder.AddAsync(RecordOf(task, model.Name, answer, score), cancellationToken).ConfigureAwait(false);
            }

            services.Progress?.Report(new RunProgress(stage, $"{++tally.Samples} samples", null));
        }

        return Finish(task, model, tally, cancellationToken);
    }

    // Several samples are asked at once; the answers come in the order of the samples.
    async IAsyncEnumerable<SampleAnswer> AnswerAsync(
        TaskDefinition task, Func<Sample, CancellationToken, Task<SampleAnswer>> ask, SampleOptions choice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = new Queue<Task<SampleAnswer>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await foreach (var sample in TaskSamples.ReadAsync(task, choice, cancellationToken).ConfigureAwait(false))
            {
                asked.Enqueue(ask(sample, stop.Token));
                if (asked.Count >= spec.Concurrency)
                {
                    yield return await asked.Dequeue().ConfigureAwait(false);
                }
            }

            while (asked.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(asked).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    string Finish(TaskDefinition task, IModel model, TaskTally tally, CancellationToken cancellationToken)
    {
        var estimates = TaskEstimates.Compute(task, model.Name, tally.Scores, EvaluateStage.Options(spec), cancellationToken);
        report.Add(estimates);
        foreach (var section in tally.Describe(model.Name))
        {
            report.Add(section);
        }

        TaskSlices.Report(task, model.Name, tally, report);
        if (model is ReplayModel { UnusedRows: > 0 } replay && spec.SampleLimit is null)
        {
            report.Find("warning", $"{model.Name}: {replay.UnusedRows} of {replay.RowCount} stored outputs belong to no sample of {task.Name}; check that both files are of the same data");
        }

        if (tally.Failed > 0)
        {
            report.Find("warning", $"{model.Name}: {tally.Failed} of {tally.Scores.Count} answers to {task.Name} are not in the score: {tally.FirstFailure}");
        }

        var main = estimates.FirstOrDefault(estimate => estimate.Value is not null);
        return main is null ? $"{tally.Samples} samples, nothing could be scored" : $"{main.Metric} {NumberText.Of(main)} of {main.N} samples";
    }

    static Record RecordOf(TaskDefinition task, string model, SampleAnswer answer, SampleScore score) => new()
    {
        Id = answer.Sample.Id,
        Stage = "evaluate",
        Task = task.Name,
        Model = model,
        Filter = score.Filter,
        Input = answer.Sample.Prompt,
        Target = answer.Sample.Targets.FirstOrDefault(),
        Output = answer.Output,
        Answer = score.Answer,
        Outcome = score.Outcome,
        Scores = score.Scores,
        Reason = score.Reason,
    };
}
