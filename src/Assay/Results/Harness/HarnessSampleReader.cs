using System.Collections.Immutable;
using Assay.Models;
using Assay.Scoring;
using Assay.Tasks;
using Assay.Tasks.Templates;

namespace Assay.Results.Harness;

/// <summary>A line of a samples file as a record.</summary>
static class HarnessSampleReader
{
    /// <summary>What stands for an answer that a filter did not find.</summary>
    public const string Invalid = "[invalid]";

    public static Record Read(Document line, string task, string model)
    {
        var logged = LoggedSample.Of(line);
        var likelihoods = logged.Likelihoods();
        var outcome = OutcomeOf(line);
        var filtered = line.Columns.GetValueOrDefault("filtered_resps") is IReadOnlyList<object?> and [var first, ..] ? Text(first) : null;
        var filter = line.Columns.GetValueOrDefault("filter") as string ?? FilterPipeline.None.Name;
        var isInvalid = outcome == Outcome.Ok && likelihoods is null && filtered == Invalid;
        return new Record
        {
            Id = PythonText.Str(line["doc_id"]),
            Stage = "evaluate",
            Task = task,
            Model = model,
            Filter = filter,
            Input = logged.Arguments.IsEmpty ? null : Prompt(logged.Arguments[0]),
            Target = line.Columns.TryGetValue("target", out var target) && target is not null ? PythonText.Str(target) : null,
            Output = likelihoods is { } judged ? LikelihoodOutput.Write(judged) : Output(logged.Responses),
            Reasoning = line.Columns.GetValueOrDefault("assay_reasoning") as string,
            Answer = likelihoods is { } items ? Choice(line, logged.Arguments, items) : filtered,
            Outcome = isInvalid ? Outcome.WrongFormat : outcome,
            Scores = HarnessScores.Read(line, likelihoods),
            Reason = line.Columns.GetValueOrDefault("assay_reason") as string ?? (isInvalid ? $"the filter '{filter}' found no answer in the output" : null),
        };
    }

    static Outcome OutcomeOf(Document line) => line.Columns.GetValueOrDefault("assay_outcome") is string name
        ? Enum.GetValues<Outcome>().FirstOrDefault(outcome => OutcomeName.Of(outcome) == name, Outcome.Error)
        : Outcome.Ok;

    // Messages are logged as a list of one JSON text.
    static string? Prompt((object? Context, object? Continuation) argument) => argument.Context switch
    {
        string text => text,
        IReadOnlyList<object?> and [string messages] => messages,
        _ => null,
    };

    static string? Output(IReadOnlyList<object?> responses) => responses is [IReadOnlyList<object?> { Count: > 0 } texts]
        ? (texts.Count == 1 ? Text(texts[0]) : RepeatedOutput.Write(texts.Select(text => new Response(Text(text), Outcome.Ok))))
        : null;

    static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        IReadOnlyList<object?> and [var one] => Text(one),
        _ => PythonText.Str(value),
    };

    // The likeliest continuation; the context tells nothing of the choices without their delimiter.
    static string? Choice(Document line, ImmutableArray<(object? Context, object? Continuation)> arguments, ImmutableArray<Likelihood> likelihoods)
    {
        var count = HarnessScores.Choices(line, likelihoods.Length);
        if (count < 2 || arguments.Length < count)
        {
            return null;
        }

        var best = Enumerable.Range(0, count).MaxBy(i => likelihoods[i].LogProbability);
        return (arguments[best].Continuation as string)?.TrimStart(' ');
    }
}
