using System.Collections.Immutable;
using Assay.Tasks.Templates;

namespace Assay.Tasks;

/// <summary>What lm-evaluation-harness makes of a document's fields. Source: its api/task.py, doc_to_text, doc_to_target, doc_to_choice.</summary>
static class SampleFields
{
    /// <summary>A text, or the number of the choice that is the prompt.</summary>
    public static object Text(DocumentField field, Document document, bool hasChoices) => field.Of(document) switch
    {
        long number => number,
        bool flag => flag ? 1L : 0L,
        string text when hasChoices && !field.IsColumnOf(document) && Digits(text) is { } number => number,
        string text => text,
        null => throw new UserErrorException($"{document.Location}: the column '{field.Source}', which 'doc_to_text' names, is null. Expected a text."),
        var value => PythonText.Str(value),
    };

    /// <summary>A text, a number, a list of such, or null where the document has no target: digits count the choices where there are some, and a text in brackets is read as a list.</summary>
    public static object? Target(DocumentField field, Document document, bool hasChoices)
    {
        var value = field.Of(document);
        if (value is not string text || field.IsColumnOf(document))
        {
            return value;
        }

        return text.StartsWith('[') && text.EndsWith(']') && PythonLiteral.TryParse(text, out var list) ? list
            : hasChoices && Digits(text) is { } number ? number
            : text;
    }

    /// <summary>The choices as texts; none without a field.</summary>
    public static ImmutableArray<string> Choices(DocumentField? field, Document document)
    {
        if (field is null)
        {
            return [];
        }

        var value = field.Of(document);
        if (value is string text && !field.IsColumnOf(document) && PythonLiteral.TryParse(text, out var parsed))
        {
            value = parsed;
        }

        return value is IReadOnlyList<object?> { Count: > 0 } list
            ? [.. list.Select(PythonText.Str)]
            : throw new UserErrorException($"{document.Location}: 'doc_to_choice' gives {PythonValue.Describe(value)}. Expected a list of at least one choice.");
    }

    /// <summary>The index of a choice that a target names by number or by text; -1 when there is none.</summary>
    public static int Index(object? target, ImmutableArray<string> choices) => target switch
    {
        long number => number >= 0 && number < choices.Length ? (int)number : -1,
        bool flag => (flag ? 1 : 0) < choices.Length ? (flag ? 1 : 0) : -1,
        string text => choices.IndexOf(text),
        _ => -1,
    };

    static long? Digits(string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit) && PythonLiteral.TryParse(text, out var number) ? number as long? : null;
}
