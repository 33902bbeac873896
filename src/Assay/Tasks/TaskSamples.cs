using System.Runtime.CompilerServices;

namespace Assay.Tasks;

/// <summary>The samples of a task, streamed from its data files.</summary>
public static class TaskSamples
{
    /// <summary>In the order of the files. Of a split that worked examples are taken from the documents are held in memory.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">Null for all samples, named by position.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UserErrorException">A document cannot become a sample, or an id stands twice; with file and line.</exception>
    public static async IAsyncEnumerable<Sample> ReadAsync(
        TaskDefinition task, SampleOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        options ??= new SampleOptions();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        SampleBuilder? builder = null;
        var position = 0L;
        await foreach (var document in DocumentsAsync(task, task.Split, cancellationToken))
        {
            if (position == options.Limit)
            {
                yield break;
            }

            builder ??= new SampleBuilder(task, options, document, await PoolAsync(task, options, cancellationToken));
            var sample = builder.Make(document, position++);
            if (options.IdColumn is not null && !seen.TryAdd(sample.Id, document.Location))
            {
                throw new UserErrorException(
                    $"{document.Location}: the id '{sample.Id}' stands at {seen[sample.Id]} too. Ids name samples and must differ; choose another column than '{options.IdColumn}'.");
            }

            yield return sample;
        }
    }

    /// <summary>How many samples <see cref="ReadAsync"/> gives, without making them.</summary>
    internal static async Task<long> CountAsync(TaskDefinition task, SampleOptions options, CancellationToken cancellationToken)
    {
        var most = options.Limit ?? long.MaxValue;
        if (task.Process is null && task.Files.TryGetValue(task.Split, out var files))
        {
            var rows = 0L;
            foreach (var path in files)
            {
                rows += rows < most ? await DocumentReader.CountAsync(path, task.DatasetField, cancellationToken) : 0;
            }

            return Math.Min(rows, most);
        }

        var count = 0L;
        await foreach (var document in DocumentsAsync(task, task.Split, cancellationToken))
        {
            if (++count == most)
            {
                break;
            }
        }

        return count;
    }

    static async IAsyncEnumerable<Document> DocumentsAsync(TaskDefinition task, string split, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!task.Files.TryGetValue(split, out var paths))
        {
            throw new UserErrorException(
                $"{task.File}: the data of {task.Name} have no split '{split}', which its worked examples are taken from. They have: {string.Join(", ", task.Files.Keys)}. Add its file, or ask for 0 worked examples.");
        }

        foreach (var path in paths)
        {
            await foreach (var document in DocumentReader.ReadAsync(path, task.DatasetField, cancellationToken))
            {
                if ((task.Process is null ? document : task.Process.Apply(document)) is { } processed)
                {
                    yield return processed;
                }
            }
        }
    }

    static async Task<IReadOnlyList<Document>> PoolAsync(TaskDefinition task, SampleOptions options, CancellationToken cancellationToken)
    {
        if ((options.Fewshot ?? task.Fewshot.Count) == 0 || task.Fewshot.Split is null || task.OutputType == OutputType.LogLikelihoodRolling)
        {
            return task.Fewshot.Samples;
        }

        var pool = new List<Document>();
        await foreach (var document in DocumentsAsync(task, task.Fewshot.Split, cancellationToken))
        {
            pool.Add(document);
        }

        return pool;
    }
}
