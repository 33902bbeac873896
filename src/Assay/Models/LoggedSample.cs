using System.Collections.Immutable;
using System.Globalization;
using Assay.Tasks;

namespace Assay.Models;

/// <summary>What a line of a samples file of lm-evaluation-harness says was asked and answered.</summary>
/// <param name="Arguments">Context and what belongs to it: a continuation, the options of a generation, or null for a whole text.</param>
/// <param name="Responses">A list for each argument.</param>
sealed record LoggedSample(ImmutableArray<(object? Context, object? Continuation)> Arguments, IReadOnlyList<object?> Responses)
{
    /// <exception cref="UserErrorException">The row is no such line.</exception>
    public static LoggedSample Of(Document line) => line.Columns.ContainsKey("doc_id") && line.Columns.GetValueOrDefault("resps") is IReadOnlyList<object?> responses
        ? new LoggedSample(ArgumentsOf(line), responses)
        : throw new UserErrorException($"{line.Location}: the row is no sample of lm-evaluation-harness. Expected 'doc_id' and 'resps', which '--log_samples' writes.");

    /// <summary>The responses when they are log-likelihoods, <c>[[["-1.2", "True"]], ...]</c> or of a whole text <c>[["-1.2"]]</c>; null when they are texts, or there are none.</summary>
    public ImmutableArray<Likelihood>? Likelihoods()
    {
        var ofText = Arguments is [{ Context: string, Continuation: null }];
        Likelihood?[] likelihoods = [.. Responses.Select(response => (response is IReadOnlyList<object?> and [var first, ..] ? first : null) switch
        {
            IReadOnlyList<object?> and [var number, var greedy] when Number(number) is { } known => new Likelihood { LogProbability = known, IsGreedy = greedy is true or "True" },
            var number when ofText && Number(number) is { } known => new Likelihood { LogProbability = known },
            _ => null,
        })];
        return likelihoods.Length == 0 || likelihoods.Contains(null) ? null : [.. likelihoods.OfType<Likelihood>()];
    }

    // Old versions log a list of lists in place of gen_args_0: {arg_0, arg_1}.
    static ImmutableArray<(object? Context, object? Continuation)> ArgumentsOf(Document line) => line.Columns.GetValueOrDefault("arguments") switch
    {
        IReadOnlyDictionary<string, object?> named => [.. named.Values.OfType<IReadOnlyDictionary<string, object?>>().Select(entry => (entry.GetValueOrDefault("arg_0"), entry.GetValueOrDefault("arg_1")))],
        IReadOnlyList<object?> listed => [.. listed.OfType<IReadOnlyList<object?>>().Where(entry => entry.Count > 0).Select(entry => (entry[0], entry.Count > 1 ? entry[1] : null))],
        _ => [],
    };

    static double? Number(object? value) => value switch
    {
        double number => number,
        long number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
