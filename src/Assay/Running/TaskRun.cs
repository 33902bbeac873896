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
        foreach (var task in spec.Tasks)
        {
            foreach (var options in spec.Models)
            {
                var stage = $"evaluate {task.Name} {options.Name}";
                await report.StageAsync(stage, () => EvaluateAsync(task, options, stage, cancellationToken), summary => summary).ConfigureAwait(false);
            }
        }
    }

    async Task<string> EvaluateAsync(TaskDefinition task, ReplayOptions options, string stage, CancellationToken cancellationToken)
    {
        var model = await ReplayModel.LoadAsync(options, cancellationToken).ConfigureAwait(false);
        var tally = new TaskTally(task);
        var choice = new SampleOptions { Limit = spec.SampleLimit, IdColumn = options.Id };
        await foreach (var sample in TaskSamples.ReadAsync(task, choice, cancellationToken).ConfigureAwait(false))
        {
            var response = await model.AnswerAsync(Request.For(task, sample), cancellationToken).ConfigureAwait(false);
            foreach (var score in TaskScorer.Score(task, sample, response))
            {
                tally.Add(sample, score);
                await recorder.AddAsync(RecordOf(task, model.Name, sample, response, score), cancellationToken).ConfigureAwait(false);
            }

            services.Progress?.Report(new RunProgress(stage, $"{++tally.Samples} samples", null));
        }

        return Finish(task, model, tally, cancellationToken);
    }

    string Finish(TaskDefinition task, ReplayModel model, TaskTally tally, CancellationToken cancellationToken)
    {
        var estimates = TaskEstimates.Compute(task, model.Name, tally.Scores, EvaluateStage.Options(spec), cancellationToken);
        report.Add(estimates);
        foreach (var section in tally.Describe(model.Name))
        {
            report.Add(section);
        }

        if (model.UnusedRows > 0 && spec.SampleLimit is null)
        {
            report.Find("warning", $"{model.Name}: {model.UnusedRows} of {model.RowCount} stored outputs belong to no sample of {task.Name}; check that both files are of the same data");
        }

        if (tally.Failed > 0)
        {
            report.Find("warning", $"{model.Name}: {tally.Failed} of {tally.Scores.Count} answers to {task.Name} are not in the score: {tally.FirstFailure}");
        }

        var main = estimates.FirstOrDefault(estimate => estimate.Value is not null);
        return main is null ? $"{tally.Samples} samples, nothing could be scored" : $"{main.Metric} {NumberText.Of(main)} of {main.N} samples";
    }

    static Record RecordOf(TaskDefinition task, string model, Sample sample, Response response, SampleScore score) => new()
    {
        Id = sample.Id,
        Stage = "evaluate",
        Task = task.Name,
        Model = model,
        Filter = score.Filter,
        Input = sample.Prompt,
        Target = sample.Targets.FirstOrDefault(),
        Output = response.Text,
        Answer = score.Answer,
        Outcome = score.Outcome,
        Scores = score.Scores,
        Reason = score.Reason,
    };
}
