using System.Text.RegularExpressions;

namespace Assay.Tasks;

/// <summary>One step of a pipeline, on all responses to one prompt; never gives an empty list.</summary>
abstract record AnswerFilter
{
    public abstract IReadOnlyList<FilteredAnswer> Apply(IReadOnlyList<FilteredAnswer> answers, Document? document);
}

/// <summary>A step that looks at each answer by itself.</summary>
abstract record EachAnswerFilter : AnswerFilter
{
    public abstract FilteredAnswer Apply(FilteredAnswer answer, Document? document);

    public sealed override IReadOnlyList<FilteredAnswer> Apply(IReadOnlyList<FilteredAnswer> answers, Document? document) =>
        [.. answers.Select(answer => Apply(answer, document))];
}

/// <summary>Another text for each answer.</summary>
sealed record EachFilter(Func<string, string> Map) : EachAnswerFilter
{
    /// <summary>The harness's remove_whitespace: Python's strip. Releases before 0.4.13 took one leading blank alone.</summary>
    public static EachFilter RemoveWhitespace { get; } = new(text => Templates.PythonString.Trim(text));

    public override FilteredAnswer Apply(FilteredAnswer answer, Document? document) => answer with { Text = Map(answer.Text) };
}

/// <summary>The first answers; with 1 the last step of a pipeline.</summary>
sealed record TakeFilter(int Count) : AnswerFilter
{
    public override IReadOnlyList<FilteredAnswer> Apply(IReadOnlyList<FilteredAnswer> answers, Document? document) => [.. answers.Take(Count)];
}

/// <summary>The answer that stands most often, of several the one seen first.</summary>
sealed record MajorityFilter : AnswerFilter
{
    public override IReadOnlyList<FilteredAnswer> Apply(IReadOnlyList<FilteredAnswer> answers, Document? document) =>
        [answers.GroupBy(answer => answer.Text, StringComparer.Ordinal).MaxBy(group => group.Count())!.First()];
}

/// <summary>Another text for each known answer; the default, which counts as not extracted, for the others.</summary>
sealed record MapFilter(IReadOnlyDictionary<string, string> Mapping, string Default) : EachAnswerFilter
{
    public override FilteredAnswer Apply(FilteredAnswer answer, Document? document) =>
        Mapping.TryGetValue(answer.Text, out var text) ? answer with { Text = text } : new FilteredAnswer(Default, false);
}

/// <summary>
/// Python's <c>re.findall</c>: the match at <paramref name="Select"/>, counted from the end when negative; with several groups the first
/// that is not empty; trimmed.
/// </summary>
sealed record RegexFilter(Regex Regex, int Select, string Fallback) : EachAnswerFilter
{
    public override FilteredAnswer Apply(FilteredAnswer answer, Document? document) =>
        Find(answer.Text) is { } text ? answer with { Text = Templates.PythonString.Trim(text) } : new FilteredAnswer(Fallback, false);

    /// <summary>The match, not trimmed; null when there is none.</summary>
    public string? Find(string text)
    {
        if (Select == 0)
        {
            return Regex.Match(text) is { Success: true } first ? Value(first) : null;
        }

        var matches = Regex.Matches(text);
        var at = Select < 0 ? Select + matches.Count : Select;
        if (at < 0 || at >= matches.Count)
        {
            return null;
        }

        return Value(matches[at]);
    }

    /// <summary>Every match, in order and not trimmed.</summary>
    public IEnumerable<string> FindAll(string text) => Regex.Matches(text).Select(Value).OfType<string>();

    static string? Value(Match match) => match.Groups.Count switch
    {
        1 => match.Value,
        2 => match.Groups[1].Value,
        _ => match.Groups.Cast<Group>().Skip(1).FirstOrDefault(group => group.Length > 0)?.Value,
    };
}

/// <summary>All matches, one after the other with <paramref name="Join"/> in between: the answers to the parts of one question.</summary>
sealed record FindAllFilter(RegexFilter Expression, string Join) : EachAnswerFilter
{
    public override FilteredAnswer Apply(FilteredAnswer answer, Document? document) => Expression.FindAll(answer.Text).ToList() is { Count: > 0 } found
        ? answer with { Text = string.Join(Join, found.Select(text => Templates.PythonString.Trim(text))) }
        : new FilteredAnswer(Expression.Fallback, false);
}
