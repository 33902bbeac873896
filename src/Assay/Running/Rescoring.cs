using System.Collections.Immutable;
using Assay.Results;
using Assay.Scoring;
using Assay.Tasks;

namespace Assay.Running;

/// <summary>Scores the stored outputs of a run again, by another version of its task file, without asking any model.</summary>
public static class Rescoring
{
    /// <summary>One result a model, in the order of the records.</summary>
    /// <param name="task">How to score; its data must be those of the run.</param>
    /// <param name="records">Of the run; those of other tasks are passed over. All of the task's are held in memory.</param>
    /// <param name="idColumn">The column that named the samples; null when they are named by position.</param>
    /// <param name="options">Of intervals and tests.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UserErrorException">The run has no outputs of this task, or its samples or choices are not those of the data.</exception>
    public static async Task<ImmutableArray<RescoredModel>> ComputeAsync(
        TaskDefinition task, IAsyncEnumerable<Record> records, string? idColumn = null, EstimateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(records);
        var models = await ReadAsync(task, records, cancellationToken).ConfigureAwait(false);
        await foreach (var sample in TaskSamples.ReadAsync(task, new SampleOptions { IdColumn = idColumn, Fewshot = 0 }, cancellationToken).ConfigureAwait(false))
        {
            foreach (var model in models)
            {
                model.Add(sample);
            }
        }

        return [.. models.Select(model => model.Finish(options ?? new EstimateOptions(), cancellationToken))];
    }

    static async Task<List<RescoringModel>> ReadAsync(TaskDefinition task, IAsyncEnumerable<Record> records, CancellationToken cancellationToken)
    {
        var byTask = new Dictionary<string, OrderedDictionary<string, RescoringModel>>(StringComparer.Ordinal);
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (record is { Stage: "evaluate", Task: { } name, Filter: not null })
            {
                var models = byTask.TryGetValue(name, out var known) ? known : byTask[name] = new(StringComparer.Ordinal);
                (models.TryGetValue(record.Model, out var model) ? model : models[record.Model] = new RescoringModel(task, record.Model)).Add(record);
            }
        }

        // A copy of the task file under another name is still of the only task of a run.
        var found = byTask.GetValueOrDefault(task.Name) ?? (byTask.Count == 1 ? byTask.Values.First() : null);
        return found is not null
            ? [.. found.Values]
            : throw new UserErrorException(byTask.Count == 0
                ? "There are no outputs of a task among the records. Expected those of 'assay eval' or of a spec with 'tasks'."
                : $"There are no outputs of {task.Name} among the records.{NearestName.Hint(task.Name, byTask.Keys)} They are of: {string.Join(", ", byTask.Keys)}. Name the task file's task so.");
    }
}
