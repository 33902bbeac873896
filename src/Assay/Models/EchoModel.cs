using System.Collections.Immutable;

namespace Assay.Models;

/// <summary>
/// Log-likelihoods from a service that echoes a prompt with the log-probabilities of its tokens, parted as in lm-evaluation-harness (models/openai_completions.py).
/// What the service does not tell is a failure with its reason, never a zero.
/// </summary>
/// <param name="inner">Heeds <see cref="Request.Echo"/>.</param>
public sealed class EchoModel(IModel inner) : ILikelihoodModel
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken) => inner.AnswerAsync(request, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Likelihood> LogLikelihoodAsync(string context, string continuation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(continuation);
        var before = context.TrimEnd();
        var (response, tokens) = await EchoAsync(context + continuation, cancellationToken).ConfigureAwait(false);
        if (response.Outcome != Outcome.Ok)
        {
            return Of(response);
        }

        // Blanks alone are no context, as in the harness.
        var at = before.Length == 0 ? 0 : CodePoints(before);
        var first = tokens.Count(token => token.Offset < at);
        if (at > 0 && (first == tokens.Length || tokens[first].Offset != at))
        {
            // A token lies across the border: the continuation's are those that the whole has more than the context.
            var (shorter, own) = await EchoAsync(before, cancellationToken).ConfigureAwait(false);
            response = response with
            {
                Outcome = shorter.Outcome,
                Reason = shorter.Reason,
                Latency = response.Latency + shorter.Latency,
                PromptTokens = response.PromptTokens + shorter.PromptTokens,
                AnswerTokens = response.AnswerTokens + shorter.AnswerTokens,
                Spent = response.Spent + shorter.Spent,
            };
            first = own.Length;
        }

        return Of(response, tokens.AsSpan()[Math.Min(first, tokens.Length)..]);
    }

    /// <inheritdoc/>
    public async ValueTask<Likelihood> RollingLogLikelihoodAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (response, tokens) = await EchoAsync(text, cancellationToken).ConfigureAwait(false);
        return Of(response, tokens.AsSpan());
    }

    static Likelihood Of(Response response, ReadOnlySpan<TokenProbability> tokens = default) =>
        (response.Outcome == Outcome.Ok ? Sum(tokens) : new Likelihood { Outcome = response.Outcome, Reason = response.Reason }) with
        {
            Latency = response.Latency,
            PromptTokens = response.PromptTokens,
            AnswerTokens = response.AnswerTokens,
            Spent = response.Spent,
        };

    static Likelihood Sum(ReadOnlySpan<TokenProbability> tokens)
    {
        var (sum, isGreedy) = (0.0, true);
        foreach (var token in tokens)
        {
            if (token.LogProbability is not { } value)
            {
                return Failed("the service tells no log-probability of a text's first token; a context is needed before it");
            }

            (sum, isGreedy) = (sum + value, isGreedy && token.IsGreedy);
        }

        return tokens.IsEmpty ? Failed("there is no token to judge") : new Likelihood { LogProbability = sum, IsGreedy = isGreedy, Tokens = tokens.Length };
    }

    // The tokens of the text itself: without a token that stands for its beginning, and without the one that was generated after it.
    async ValueTask<(Response Response, ImmutableArray<TokenProbability> Tokens)> EchoAsync(string text, CancellationToken cancellationToken)
    {
        var response = await inner.AnswerAsync(new Request { SampleId = "", Position = 0, Prompt = text, Echo = true }, cancellationToken).ConfigureAwait(false);
        if (response.Outcome != Outcome.Ok)
        {
            return (response, []);
        }

        var tokens = response.PromptProbabilities;
        if (tokens.Length > 1 && IsBeginning(tokens[0].Text, text))
        {
            var shift = tokens[1].Offset;
            tokens = [.. tokens.Skip(1).Select(token => token with { Offset = token.Offset - shift })];
        }

        var end = CodePoints(text);
        return (response, [.. tokens.TakeWhile(token => token.Offset < end)]);
    }

    static bool IsBeginning(string token, string text) =>
        token.Length == 0 || (token[0] == '<' && token[^1] == '>' && !text.StartsWith(token, StringComparison.Ordinal));

    static int CodePoints(string text) => text.Length - text.Count(char.IsLowSurrogate);

    static Likelihood Failed(string reason) => new() { Outcome = Outcome.Error, Reason = reason };
}
