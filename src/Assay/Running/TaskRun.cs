using System.Collections.Immutable;
using Assay.Models;
using Assay.Reporting;
using Assay.Results;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>The road of language models: every task under every model.</summary>
sealed class TaskRun(Spec spec, RunServices services, ReportBuilder report, Recorder recorder)
{
    // Enough to see what kind of mistake it is; all of them are in the records.
    const int WrongShown = 10;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var task in spec.Tasks)
        {
            foreach (var options in spec.Models)
            {
                await report.StageAsync($"evaluate {task.Name} {options.Name}", () => EvaluateAsync(task, options, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    async Task<string> EvaluateAsync(TaskDefinition task, ReplayOptions options, CancellationToken cancellationToken)
    {
        var model = await ReplayModel.LoadAsync(options, cancellationToken).ConfigureAwait(false);
        var scores = new List<(Sample Sample, SampleScore Score)>();
        var asked = 0;
        await foreach (var sample in TaskSamples.ReadAsync(task, new SampleOptions { Limit = spec.SampleLimit, IdColumn = options.Id }, cancellationToken).ConfigureAwait(false))
        {
            asked++;
            var response = await model.AnswerAsync(Request.For(task, sample), cancellationToken).ConfigureAwait(false);
            foreach (var score in TaskScorer.Score(task, sample, response))
            {
                scores.Add((sample, score));
                await recorder.AddAsync(RecordOf(task, model.Name, sample, response, score), cancellationToken).ConfigureAwait(false);
            }

            services.Progress?.Report(new RunProgress($"evaluate {task.Name} {model.Name}", $"{asked} samples", null));
        }

        return Finish(task, model, asked, scores, cancellationToken);
    }

    string Finish(TaskDefinition task, ReplayModel model, int asked, List<(Sample Sample, SampleScore Score)> scores, CancellationToken cancellationToken)
    {
        var estimates = TaskEstimates.Compute(task, model.Name, scores.Select(pair => pair.Score), EvaluateStage.Options(spec), cancellationToken);
        report.Add(estimates);
        foreach (var filter in scores.GroupBy(pair => pair.Score.Filter))
        {
            report.Add(Describe(task, model.Name, asked, filter.Key, [.. filter]));
        }

        if (model.UnusedRows > 0 && spec.SampleLimit is null)
        {
            report.Find("warning", $"{model.Name}: {model.UnusedRows} of {model.RowCount} stored outputs belong to no sample of {task.Name}; check that both files are of the same data");
        }

        if (scores.Count(pair => pair.Score.Outcome is not (Outcome.Ok or Outcome.WrongFormat)) is > 0 and var failed)
        {
            report.Find("warning", $"{model.Name}: {failed} of {scores.Count} answers to {task.Name} are not in the score: {scores.First(pair => pair.Score.Reason is not null).Score.Reason}");
        }

        var main = estimates.FirstOrDefault(estimate => estimate.Value is not null);
        return main is null ? $"{asked} samples, nothing could be scored" : $"{main.Metric} {NumberText.Of(main)} of {main.N} samples";
    }

    static TaskSection Describe(TaskDefinition task, string model, int asked, string filter, List<(Sample Sample, SampleScore Score)> scores) => new(
        task.Name,
        model,
        filter,
        asked,
        scores.GroupBy(pair => SnakeCase(pair.Score.Outcome)).ToImmutableSortedDictionary(group => group.Key, group => group.LongCount()),
        [.. scores.Where(pair => task.Metrics.Any(metric => metric.HigherIsBetter && pair.Score.Scores.GetValueOrDefault(metric.Name, 1) == 0)).Take(WrongShown)
            .Select(pair => new AnswerSection(pair.Sample.Id, pair.Sample.Targets.FirstOrDefault() ?? "", pair.Score.Answer))]);

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

    static string SnakeCase(Outcome outcome) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
