using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Assay.Tasks.Templates;

namespace Assay.Tasks;

/// <summary>The samples of a task, streamed from its data files.</summary>
public static class TaskSamples
{
    /// <summary>In the order of the files.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">Null for all samples, named by position.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UserErrorException">A document cannot become a sample, or an id stands twice; with file and line.</exception>
    public static async IAsyncEnumerable<Sample> ReadAsync(
        TaskDefinition task, SampleOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        options ??= new SampleOptions();
        var position = 0L;
        Document? first = null;
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in task.Files[task.Split])
        {
            await foreach (var document in DocumentReader.ReadAsync(path, task.DatasetField, cancellationToken))
            {
                if (position == options.Limit)
                {
                    yield break;
                }

                first ??= document;
                CheckColumns(task, first, document);
                var sample = Make(task, document, position++, options);
                if (options.IdColumn is not null && !seen.TryAdd(sample.Id, document.Location))
                {
                    throw new UserErrorException(
                        $"{document.Location}: the id '{sample.Id}' stands at {seen[sample.Id]} too. Ids name samples and must differ; choose another column than '{options.IdColumn}'.");
                }

                yield return sample;
            }
        }
    }

    static Sample Make(TaskDefinition task, Document document, long position, SampleOptions options) => new()
    {
        Id = options.IdColumn is null ? PythonText.Str(position) : PythonText.Str(document[options.IdColumn]),
        Position = position,
        Document = document,
        Prompt = task.Description?.Render(document.Columns) + Prompt(task, document),
        Targets = Targets(task, document),
        Tags = options.TagColumns.ToImmutableDictionary(column => column, column => PythonText.Str(document[column]), StringComparer.Ordinal),
    };

    // A name that is a column of one document and plain text for the next would silently become a prompt or a target.
    static void CheckColumns(TaskDefinition task, Document first, Document document)
    {
        foreach (var (key, field) in new[] { ("doc_to_text", task.DocToText), ("doc_to_target", task.DocToTarget), ("doc_to_choice", task.DocToChoice) })
        {
            if (field is not null && field.IsColumnOf(first) != field.IsColumnOf(document))
            {
                var (with, without) = field.IsColumnOf(first) ? (first, document) : (document, first);
                throw new UserErrorException(
                    $"{without.Location}: the column '{field.Source}', which '{key}' names, is missing; {with.Location} has it. Add it to every row.");
            }
        }
    }

    static string Prompt(TaskDefinition task, Document document) => task.DocToText.Of(document) switch
    {
        string text => text,
        long number when task.DocToChoice is not null => Choice(task, document, number),
        null => throw new UserErrorException($"{document.Location}: the column '{task.DocToText.Source}', which 'doc_to_text' names, is null. Expected a text."),
        var value => PythonText.Str(value),
    };

    // The harness's doc_to_target: digits count the choices where there are some, and a text in brackets is read as a list.
    static ImmutableArray<string> Targets(TaskDefinition task, Document document)
    {
        var value = task.DocToTarget.Of(document);
        if (value is string text && !task.DocToTarget.IsColumnOf(document))
        {
            value = text.StartsWith('[') && text.EndsWith(']') && PythonLiteral.TryParse(text, out var list) ? list
                : task.DocToChoice is not null && text.Length > 0 && text.All(char.IsAsciiDigit) && PythonLiteral.TryParse(text, out var number) ? number
                : text;
        }

        return value switch
        {
            null => [],
            IReadOnlyList<object?> several => [.. several.Select(item => Target(task, document, item))],
            _ => [Target(task, document, value)],
        };
    }

    static string Target(TaskDefinition task, Document document, object? value) => value is long number && task.DocToChoice is not null
        ? Choice(task, document, number)
        : PythonText.Str(value);

    static string Choice(TaskDefinition task, Document document, long number)
    {
        var value = task.DocToChoice!.Of(document);
        var choices = value is string text && PythonLiteral.TryParse(text, out var parsed) ? parsed : value;
        return choices is IReadOnlyList<object?> list && number >= 0 && number < list.Count
            ? PythonText.Str(list[(int)number])
            : throw new UserErrorException(
                $"{document.Location}: there is no choice {number} in {PythonValue.Describe(choices)}, which is what 'doc_to_choice' gives. Expected a list that is longer than that.");
    }
}
