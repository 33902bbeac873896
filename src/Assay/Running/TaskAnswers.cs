using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Assay.Models;
using Assay.Results;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>Puts the samples of a task to a model, several at a time. What is answered is kept at once; the answers come in the order of the samples.</summary>
sealed class TaskAnswers(TaskDefinition task, string model, Func<Sample, CancellationToken, Task<SampleAnswer>> ask, StoredAnswers stored, Budget budget, Recorder recorder)
{
    /// <summary>As much as a service of ours lets wait.</summary>
    public const int MostAtATime = 256;

    // Answers wait for an earlier one that is slow: the others go on meanwhile, and memory stays bounded.
    const int Ahead = 8;

    /// <summary>Sees every answer and says when there are enough; null: all samples are asked.</summary>
    public SequentialTask? Watch { get; init; }

    /// <summary>Why no more samples were asked; null when all were.</summary>
    public ModelStoppedException? Stopped { get; private set; }

    public async IAsyncEnumerable<SampleAnswer> ReadAsync(SampleOptions choice, int atATime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = new Queue<Task<SampleAnswer?>>();
        using var places = new SemaphoreSlim(atATime);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var samples = TaskSamples.ReadAsync(task, choice, cancellationToken);
            await foreach (var sample in (Watch?.ShuffleAsync(samples, cancellationToken) ?? samples).ConfigureAwait(false))
            {
                if (Stopped is not null || Watch is { IsEnough: true })
                {
                    break;
                }

                asked.Enqueue(AskAsync(sample, places, stop.Token));
                if (asked.Count >= atATime * Ahead && await asked.Dequeue().ConfigureAwait(false) is { } answer)
                {
                    yield return answer;
                }
            }

            while (asked.TryDequeue(out var next))
            {
                if (await next.ConfigureAwait(false) is { } answer)
                {
                    yield return answer;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(asked).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    async Task<SampleAnswer?> AskAsync(Sample sample, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Stopped is not null || Watch is { IsEnough: true })
            {
                return null;
            }

            var answer = stored.Find(task, model, sample) ?? Charged(await ask(sample, cancellationToken).ConfigureAwait(false));
            return recorder.IsHeard ? await KeepAsync(answer, cancellationToken).ConfigureAwait(false) : answer;
        }
        catch (ModelStoppedException stopped)
        {
            Stopped ??= stopped;
            return null;
        }
        finally
        {
            places.Release();
        }
    }

    // Failures of an earlier part of the run were paid for as well.
    SampleAnswer Charged(SampleAnswer answer) => answer.Use is not { } use ? answer : answer with
    {
        Use = use with { Spent = use.Spent + stored.SpentOn(task.Name, model, answer.Sample.Id), RunSeconds = budget.Elapsed.TotalSeconds },
    };

    async Task<SampleAnswer> KeepAsync(SampleAnswer answer, CancellationToken cancellationToken)
    {
        var records = answer.Scores.Select(score => RecordOf(answer, score)).ToImmutableArray();
        foreach (var record in records)
        {
            await recorder.KeepAsync(record, cancellationToken).ConfigureAwait(false);
        }

        return answer with { Records = records };
    }

    Record RecordOf(SampleAnswer answer, SampleScore score) => new()
    {
        Id = answer.Sample.Id,
        Stage = "evaluate",
        Task = task.Name,
        Model = model,
        Filter = score.Filter,
        Input = answer.Sample.Prompt,
        Target = answer.Sample.Targets.FirstOrDefault(),
        Output = answer.Output,
        Reasoning = answer.Reasoning,
        Answer = score.Answer,
        Outcome = score.Outcome,
        Scores = score.Scores,
        Reason = score.Reason,
        Cluster = score.Cluster,
        Seconds = answer.Use?.Seconds,
        InputTokens = answer.Use?.InputTokens,
        OutputTokens = answer.Use?.OutputTokens,
        Cost = answer.Use?.Cost,
        Spent = answer.Use?.Spent,
        RunSeconds = answer.Use?.RunSeconds,
        Tags = answer.Sample.Tags.Count == 0 ? null : answer.Sample.Tags,
    };
}
