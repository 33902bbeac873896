using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Tasks.Templates;

namespace Assay.Tasks;

/// <summary>
/// The harness's multi_choice_regex: the expression; where it finds nothing the text of a choice, which becomes its letter <c>(A)</c>; where
/// that finds nothing a letter after a colon. Needs the document's column <c>choices</c>. Source: its filters/extraction.py.
/// </summary>
sealed record MultiChoiceFilter(RegexFilter First) : EachAnswerFilter
{
    public bool IgnoreCase { get; init; }

    public bool IgnorePunctuation { get; init; }

    public ImmutableArray<Regex> RegexesToIgnore { get; init; } = [];

    public override FilteredAnswer Apply(FilteredAnswer answer, Document? document)
    {
        var choices = (document?["choices"] as IReadOnlyList<object?> ?? []).Select(PythonText.Str).ToArray();
        return Find(answer.Text, choices) is { Length: > 0 } text ? answer with { Text = text } : new FilteredAnswer(First.Fallback, false);
    }

    string? Find(string answer, string[] choices)
    {
        if (First.Find(answer) is { Length: > 0 } found)
        {
            return PythonString.Trim(found, null);
        }

        // Of two choices that read the same the last gives its letter.
        var letters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, choice) in choices.Index())
        {
            letters[Without(PythonString.Trim(choice, null))] = Letter(i);
        }

        var texts = string.Join('|', choices.Select(choice => Regex.Escape(Without(PythonString.Trim(choice, null)))));
        if (Pick(PythonRegex.Compile(texts), Without(answer)) is { Length: > 0 } text)
        {
            var trimmed = PythonString.Trim(text, null);
            return letters.GetValueOrDefault(trimmed, trimmed);
        }

        var names = string.Join('|', choices.Select((_, i) => Regex.Escape(Letter(i)[1..^1])));
        return Pick(PythonRegex.Compile($@":[\s]*({names})"), answer) is { } letter ? $"({letter})" : null;
    }

    string? Pick(Regex regex, string text) => (First with { Regex = regex }).Find(text);

    static string Letter(int index) => $"({(char)('A' + index)})";

    string Without(string text)
    {
        foreach (var regex in RegexesToIgnore)
        {
            text = regex.Replace(text, "");
        }

        text = IgnoreCase ? text.ToLowerInvariant() : text;
        return IgnorePunctuation ? string.Concat(text.EnumerateRunes().Where(rune => !IsPunctuation(rune)).Select(rune => rune.ToString())) : text;
    }

    static bool IsPunctuation(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
        or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;
}
