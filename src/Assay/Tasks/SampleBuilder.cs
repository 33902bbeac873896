using System.Collections.Immutable;
using Assay.Tasks.Templates;

namespace Assay.Tasks;

/// <summary>Makes samples of documents, in their order: worked examples are drawn as it goes.</summary>
sealed class SampleBuilder(TaskDefinition task, SampleOptions options, Document first, IReadOnlyList<Document> pool)
{
    static readonly IReadOnlyDictionary<string, string> _noTags = ImmutableDictionary<string, string>.Empty;

    readonly FewshotSampler _shots = new(task.Fewshot, pool, options.FewshotSeed);

    // Winogrande and its like: the prompt is one of the choices, and what follows is the same for all.
    readonly bool _multipleInputs = task.OutputType == OutputType.MultipleChoice && SampleFields.Text(task.DocToText, first, hasChoices: true) is long;

    readonly (string Key, DocumentField Field, bool IsColumn)[] _fields = Fields(
        first, ("doc_to_text", task.DocToText), ("doc_to_target", task.DocToTarget), ("doc_to_choice", task.DocToChoice), ("description", task.Description), ("gen_prefix", task.GenPrefix));

    readonly (string Key, DocumentField Field, bool IsColumn)[] _shotFields = Fields(
        first, ("doc_to_text", task.Fewshot.DocToText ?? task.DocToText), ("doc_to_target", task.Fewshot.DocToTarget ?? task.DocToTarget),
        ("doc_to_choice", task.Fewshot.DocToChoice ?? task.DocToChoice), ("gen_prefix", task.Fewshot.GenPrefix ?? task.GenPrefix));

    public Sample Make(Document document, long position)
    {
        CheckColumns(document, _fields);
        var sample = new Sample
        {
            Id = PythonText.Str(options.IdColumn is null ? position : document[options.IdColumn]),
            Position = position,
            Document = document,
            Arguments = [],
            Targets = [],
            Tags = options.TagColumns.IsEmpty
                ? _noTags
                : options.TagColumns.ToImmutableDictionary(column => column, column => PythonText.Str(document[column]), StringComparer.Ordinal),
        };
        return task.OutputType switch
        {
            OutputType.MultipleChoice => MultipleChoice(sample, Opening(document)),
            OutputType.GenerateUntil => sample with { Arguments = [new PromptArgument(Asked(document), null)], Targets = GeneratedTargets(document) },
            OutputType.LogLikelihood => OneText(sample, Asked(document)),

            // The text alone: no worked example is drawn.
            OutputType.LogLikelihoodRolling => OneText(sample, []),
            _ => throw new ArgumentOutOfRangeException(nameof(document), task.OutputType, "An output type has no samples."),
        };
    }

    Sample OneText(Sample sample, ImmutableArray<PromptTurn> asked)
    {
        var target = OneTarget(sample.Document);
        return sample with { Arguments = [new PromptArgument(asked, target)], Targets = [target] };
    }

    Sample MultipleChoice(Sample sample, ImmutableArray<PromptTurn> opening)
    {
        var document = sample.Document;
        var choices = SampleFields.Choices(task.DocToChoice, document);
        var target = SampleFields.Target(task.DocToTarget, document, hasChoices: true);
        var delimiter = ChoiceDelimiter();
        var arguments = _multipleInputs
            ? choices.Select(choice => new PromptArgument([.. opening, .. PromptAssembly.Question(choice, Prefix(document), "")], delimiter + PythonText.Str(target)))
            : OverChoices(choices, [.. opening, .. Question(document)], delimiter);
        if (task.Metrics.Any(metric => metric.Name == "acc_mutual_info"))
        {
            arguments = arguments.Concat(choices.Select(choice => new PromptArgument([], delimiter + choice)));
        }

        var right = _multipleInputs ? SampleFields.Text(task.DocToText, document, hasChoices: true) : target;
        var gold = (right as IReadOnlyList<object?> ?? [right]).Select(item => SampleFields.Index(item, choices)).Where(index => index >= 0).ToImmutableArray();
        return sample with { Arguments = [.. arguments], Choices = choices, Gold = gold, Targets = [.. gold.Select(index => choices[index])] };
    }

    static IEnumerable<PromptArgument> OverChoices(ImmutableArray<string> choices, ImmutableArray<PromptTurn> asked, string delimiter)
    {
        var one = new PromptArgument(asked, null);
        return choices.Select(choice => one with { Continuation = delimiter + choice });
    }

    // The chat template has its own way to part a question from its answer.
    string ChoiceDelimiter() => !options.Chat || (task.GenPrefix is { } prefix && !PromptAssembly.EndsInSpace(prefix.Source)) ? task.TargetDelimiter : "";

    ImmutableArray<PromptTurn> Opening(Document document)
    {
        var turns = PromptAssembly.Opening(task, document, options.System).ToList();
        foreach (var shot in _shots.Next(document, options.Fewshot ?? task.Fewshot.Count))
        {
            CheckColumns(shot, _shotFields);
            turns.AddRange(PromptAssembly.Shot(task, shot, _multipleInputs));
        }

        return [.. turns];
    }

    ImmutableArray<PromptTurn> Asked(Document document) => [.. Opening(document), .. Question(document)];

    IEnumerable<PromptTurn> Question(Document document) => PromptAssembly.Question(QuestionText(document), Prefix(document), task.TargetDelimiter);

    string QuestionText(Document document) => SampleFields.Text(task.DocToText, document, task.DocToChoice is not null) is string text
        ? text
        : task.DocToChoice is null || task.DocToText.IsColumnOf(document)
            ? PythonText.Str(task.DocToText.Of(document))
            : throw new UserErrorException(
                $"{document.Location}: 'doc_to_text' gives the number of a choice here, and a text for {first.Location}. Expected the same kind for every row.");

    string? Prefix(Document document) => PromptAssembly.Prefix(task.GenPrefix, document);

    string OneTarget(Document document) => SampleFields.Target(task.DocToTarget, document, hasChoices: false) switch
    {
        null => throw new UserErrorException($"{document.Location}: the document has no target, and its log-likelihood is what the task asks for. Expected a text."),
        IReadOnlyList<object?> several => throw new UserErrorException($"{document.Location}: the target is {PythonValue.Describe(several)}. Expected one text, whose log-likelihood is asked for."),
        var value => PythonText.Str(value),
    };

    ImmutableArray<string> GeneratedTargets(Document document)
    {
        var value = SampleFields.Target(task.DocToTarget, document, task.DocToChoice is not null);
        return value switch
        {
            null => [],
            IReadOnlyList<object?> several => [.. several.Select(item => Chosen(document, item))],
            _ => [Chosen(document, value)],
        };
    }

    string Chosen(Document document, object? value)
    {
        if (value is not long number || task.DocToChoice is null)
        {
            return PythonText.Str(value);
        }

        var choices = SampleFields.Choices(task.DocToChoice, document);
        return SampleFields.Index(number, choices) is >= 0 and var index
            ? choices[index]
            : throw new UserErrorException(
                $"{document.Location}: there is no choice {number} in the {choices.Length} that 'doc_to_choice' gives. Expected a list that is longer than that.");
    }

    // A name that is a column of one document and plain text for the next would silently become a prompt or a target.
    void CheckColumns(Document document, (string Key, DocumentField Field, bool IsColumn)[] fields)
    {
        foreach (var (key, field, isColumn) in fields)
        {
            if (isColumn != field.IsColumnOf(document))
            {
                var (with, without) = isColumn ? (first, document) : (document, first);
                throw new UserErrorException(
                    $"{without.Location}: the column '{field.Source}', which '{key}' names, is missing; {with.Location} has it. Add it to every row.");
            }
        }
    }

    static (string Key, DocumentField Field, bool IsColumn)[] Fields(Document first, params ReadOnlySpan<(string Key, DocumentField? Field)> fields) =>
        [.. fields.ToArray().Where(field => field.Field is not null).Select(field => (field.Key, field.Field!, field.Field!.IsColumnOf(first)))];
}
