using System.Collections.Immutable;
using Assay.Tasks.Templates;

namespace Assay.Tasks;

/// <summary>
/// Puts a prompt together as lm-evaluation-harness does: system text and description, worked examples, question, begun answer.
/// Source: its api/task.py, fewshot_context and build_qa_turn.
/// </summary>
static class PromptAssembly
{
    /// <summary>System text and description; no delimiter parts them from what follows.</summary>
    public static IEnumerable<PromptTurn> Opening(TaskDefinition task, Document document, string? system)
    {
        var description = task.Description is null ? "" : PythonText.Str(task.Description.Of(document));
        var text = Joined(system, description, task.FewshotDelimiter);
        return text.Length == 0 ? [] : [new PromptTurn(PromptTurn.System, text)];
    }

    /// <summary>One worked example.</summary>
    public static IEnumerable<PromptTurn> Shot(TaskDefinition task, Document shot, bool multipleInputs)
    {
        var fewshot = task.Fewshot;
        var question = SampleFields.Text(fewshot.DocToText ?? task.DocToText, shot, task.DocToChoice is not null);
        var choices = SampleFields.Choices(fewshot.DocToChoice ?? task.DocToChoice, shot);
        var answer = SampleFields.Target(fewshot.DocToTarget ?? task.DocToTarget, shot, task.DocToChoice is not null);
        if (multipleInputs)
        {
            question = Choice(shot, choices, question);
            choices = [];
        }

        var prefix = Prefix(fewshot.GenPrefix ?? task.GenPrefix, shot);
        return Turns(PythonText.Str(question), AnswerText(shot, choices, answer), prefix, fewshot.TargetDelimiter, fewshot.Delimiter);
    }

    /// <summary>The question, without its answer.</summary>
    public static IEnumerable<PromptTurn> Question(string question, string? prefix, string targetDelimiter) => Turns(question, null, prefix, targetDelimiter, "");

    /// <summary>The begun answer of a document; null for none.</summary>
    public static string? Prefix(DocumentField? field, Document document) =>
        field is not null && PythonText.Str(field.Of(document)) is { Length: > 0 } prefix ? prefix : null;

    /// <summary>Two texts, parted only where neither has white space at the joint and neither is empty.</summary>
    public static string Joined(string? first, string? second, string delimiter) =>
        string.IsNullOrEmpty(first) ? second ?? ""
        : string.IsNullOrEmpty(second) ? first
        : NeedsDelimiter(first, second) ? first + delimiter + second
        : first + second;

    /// <summary>Whether a text ends in white space.</summary>
    public static bool EndsInSpace(string text) => text.Length > 0 && PythonString.IsSpace(text[^1]);

    static IEnumerable<PromptTurn> Turns(string question, string? answer, string? prefix, string targetDelimiter, string delimiter)
    {
        var parted = prefix is null ? answer is not null : question.Length > 0 && NeedsDelimiter(question, prefix);
        yield return new PromptTurn(PromptTurn.User, question, parted ? targetDelimiter : "");
        if (answer is not null)
        {
            yield return new PromptTurn(PromptTurn.Assistant, Joined(prefix, answer, " "), delimiter);
        }
        else if (prefix is not null)
        {
            yield return new PromptTurn(PromptTurn.Assistant, prefix);
        }
    }

    static bool NeedsDelimiter(string first, string second) => !EndsInSpace(first) && !PythonString.IsSpace(second[0]);

    // Null where there is no answer to show.
    static string? AnswerText(Document shot, ImmutableArray<string> choices, object? answer) => answer switch
    {
        null or "" => null,
        long or bool when !choices.IsEmpty => Choice(shot, choices, answer),
        IReadOnlyList<object?> { Count: > 0 } several => PythonText.Str(several[0]),
        _ => PythonText.Str(answer),
    };

    static string Choice(Document shot, ImmutableArray<string> choices, object? number) => SampleFields.Index(number, choices) is >= 0 and var index
        ? choices[index]
        : throw new UserErrorException($"{shot.Location}: a worked example wants choice {PythonText.Str(number)} of {choices.Length}. Expected a number from 0 to {choices.Length - 1}. Mend the row, or take another split.");
}
