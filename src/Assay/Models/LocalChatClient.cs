using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Assay.Transformers;
using Microsoft.Extensions.AI;

namespace Assay.Models;

/// <summary>
/// A local language model as <see cref="IChatClient"/>. Temperature, top-k, top-p, seed, stop sequences and the number of tokens are heeded; tools
/// and response formats are not there and are refused. Thread-safe. Model and engine stay the caller's.
/// </summary>
/// <param name="model">The model; needs a chat template.</param>
/// <param name="engine">Runs it.</param>
/// <param name="name">The model's id in answers.</param>
public sealed class LocalChatClient(Transformer model, InferenceEngine engine, string name = LocalModelOptions.Tiny) : IChatClient
{
    /// <inheritdoc/>
    /// <exception cref="UserErrorException">No template, no text, a prompt longer than the context, or an option that is not there.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Request(messages, options);
        var text = new StringBuilder();
        var count = 0;
        FinishReason? finish = null;
        await foreach (var token in engine.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
        {
            text.Append(token.Text);
            finish = token.Finish;
            count++;
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text.ToString()))
        {
            ModelId = name,
            FinishReason = ReasonOf(finish),
            Usage = Usage(request, count),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">As <see cref="GetResponseAsync"/>.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = Request(messages, options);
        var count = 0;
        await foreach (var token in engine.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
        {
            count++;
            if (token.Text.Length > 0)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, token.Text) { ModelId = name };
            }

            if (token.Finish is { } finish)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage(request, count))]) { ModelId = name, FinishReason = ReasonOf(finish) };
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("assay", defaultModelId: name)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: what it uses is the caller's.</summary>
    public void Dispose()
    {
    }

    GenerationRequest Request(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.Tools is { Count: > 0 } || options?.ResponseFormat is not (null or ChatResponseFormatText))
        {
            throw new UserErrorException("A local model has neither tools nor response formats. Take them out of the options.");
        }

        var template = model.ChatTemplate ?? throw new UserErrorException($"The model '{name}' has no chat template. Use its completions.");
        var turns = messages.Select(message => new ChatTurn(message.Role.Value, message.Text));
        ImmutableArray<int> prompt = [.. model.Tokenizer.Encode(template.Render(turns, addGenerationPrompt: true))];
        var defaults = model.GenerationDefaults;
        return new GenerationRequest
        {
            Prompt = prompt,
            MaxTokens = options?.MaxOutputTokens ?? Math.Max(1, engine.ContextLength - prompt.Length),
            Sampling = new SamplingOptions
            {
                Temperature = options?.Temperature ?? defaults.Temperature ?? 1,
                TopK = options?.TopK ?? defaults.TopK ?? 0,
                TopP = options?.TopP ?? defaults.TopP ?? 1,
                Seed = options?.Seed is { } seed ? unchecked((ulong)seed) : null,
            },
            Stop = [.. options?.StopSequences ?? []],
        };
    }

    static UsageDetails Usage(GenerationRequest request, int count) => new()
    {
        InputTokenCount = request.Prompt.Length,
        OutputTokenCount = count,
        TotalTokenCount = request.Prompt.Length + count,
    };

    static ChatFinishReason ReasonOf(FinishReason? finish) => finish == FinishReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
}
