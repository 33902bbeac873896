using Microsoft.Extensions.AI;

namespace Assay.Models;

/// <summary>
/// Asks a chat client of Microsoft.Extensions.AI. Whatever it throws is a failure of the one sample; what it throws of HTTP or of time may pass
/// and is worth another try. Log-likelihoods are nothing that a chat client gives.
/// </summary>
/// <param name="options">The client and its name.</param>
/// <param name="time">Of the deadline and of latencies.</param>
public sealed class ChatClientModel(ChatClientOptions options, TimeProvider time) : IModel
{
    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Echo)
        {
            return new Response(null, Outcome.Error, "a chat client gives no log-probabilities of a prompt");
        }

        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var start = time.GetTimestamp();
        var response = await AskAsync(request, either.Token, cancellationToken).ConfigureAwait(false);
        return AnswerText.Of(response, request) with { Latency = time.GetElapsedTime(start) };
    }

    async Task<Response> AskAsync(Request request, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            var messages = request.Messages().Select(turn => new ChatMessage(new ChatRole(turn.Role), turn.Content));
            return Read(await options.Client.GetResponseAsync(messages, Options(request), either).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Response(null, Outcome.Timeout, $"no complete answer within {options.Timeout.TotalSeconds} s") { CanPass = true };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Clients throw exceptions of their own kinds: none of them is to end a run of a thousand samples.
            return new Response(null, Outcome.Error, $"{exception.GetType().Name}: {exception.Message}") { CanPass = exception is HttpRequestException or IOException or TimeoutException };
        }
    }

    ChatOptions Options(Request request) => new()
    {
        MaxOutputTokens = request.Generation.MaxTokens,
        Temperature = (float)request.Generation.Temperature,
        TopP = (float?)request.Generation.TopP,
        StopSequences = request.Generation.Until.IsEmpty ? null : [.. request.Generation.Until],
        Seed = request.Generation.Temperature > 0 ? unchecked((long)LocalModel.SeedOf(options.Seed, request)) : null,
    };

    static Response Read(ChatResponse answer)
    {
        var reasoning = string.Concat(answer.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
        var (outcome, reason) = answer.FinishReason == ChatFinishReason.Length ? (Outcome.Truncated, "cut by the limit of tokens")
            : answer.FinishReason == ChatFinishReason.ContentFilter ? (Outcome.Refused, "refused by a content filter")
            : (Outcome.Ok, null);
        return new Response(answer.Text, outcome, reason)
        {
            IsAtLimit = outcome == Outcome.Truncated,
            Reasoning = reasoning.Length == 0 ? null : reasoning,
            PromptTokens = (int?)answer.Usage?.InputTokenCount,
            AnswerTokens = (int?)answer.Usage?.OutputTokenCount,
        };
    }
}
