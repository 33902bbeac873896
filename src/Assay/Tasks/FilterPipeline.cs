using System.Collections.Immutable;

namespace Assay.Tasks;

/// <summary>One named way from a response to the answer that is scored.</summary>
public sealed class FilterPipeline
{
    readonly ImmutableArray<AnswerFilter> _steps;

    internal FilterPipeline(string name, ImmutableArray<AnswerFilter> steps)
    {
        Name = name;
        _steps = steps;
    }

    /// <summary>What a task without filter_list has: the first response as it is.</summary>
    public static FilterPipeline None { get; } = new("none", []);

    /// <summary>Whether it takes the first response as it is.</summary>
    internal bool TakesFirst => _steps.All(step => step is TakeFilter);

    /// <summary>The name of the row in the results.</summary>
    public string Name { get; }

    /// <summary>The answer out of the responses to one prompt.</summary>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">An expression backtracks without end on this response.</exception>
    public FilteredAnswer Apply(params ReadOnlySpan<string> responses) => Apply(null, responses);

    /// <summary>As <see cref="Apply(ReadOnlySpan{string})"/>, for filters that look at the document.</summary>
    /// <param name="document">What the prompt was made of.</param>
    /// <param name="responses">At least one.</param>
    /// <exception cref="UserErrorException">The document lacks what a filter needs.</exception>
    public FilteredAnswer Apply(Document? document, params ReadOnlySpan<string> responses)
    {
        if (responses.Length == 1)
        {
            return Apply(document, new FilteredAnswer(responses[0], true));
        }

        IReadOnlyList<FilteredAnswer> answers = [.. responses.ToArray().Select(response => new FilteredAnswer(response, true))];
        foreach (var step in _steps)
        {
            answers = step.Apply(answers, document);
        }

        return answers[0];
    }

    // What chooses among several has nothing to choose from.
    FilteredAnswer Apply(Document? document, FilteredAnswer answer)
    {
        foreach (var step in _steps)
        {
            answer = step is EachAnswerFilter each ? each.Apply(answer, document) : answer;
        }

        return answer;
    }
}
