using System.Collections.Immutable;
using Assay.Load.Payloads;
using Assay.Models;
using Assay.Tasks;

namespace Assay.Load;

/// <summary>Load on a language model: streamed answers to prompts.</summary>
public static class OpenAITarget
{
    /// <summary>Writes a body for each prompt, which asks for a stream with its usage, greedily.</summary>
    /// <param name="options">Where to, and whether as chat; the key is not sent.</param>
    /// <param name="prompts">Each is sent equally often.</param>
    /// <param name="maxTokens">At most so many tokens in an answer; one that they cut is good.</param>
    /// <param name="stops">Texts that end an answer.</param>
    /// <param name="seed">Of the prompts' order.</param>
    /// <exception cref="UserErrorException">There are no prompts.</exception>
    public static LoadTarget Of(OpenAIModelOptions options, IReadOnlyList<string> prompts, int maxTokens, ImmutableArray<string> stops, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Count == 0)
        {
            throw new UserErrorException("There are no prompts to send. Expected at least one.");
        }

        var generation = new GenerationOptions { MaxTokens = maxTokens, Until = stops };
        return new LoadTarget
        {
            Address = options.Address,
            Protocol = options.Form == PromptForm.Chat ? LoadProtocol.Chat : LoadProtocol.Completions,
            Payloads = new FixedPayloads(
                prompts.Select(prompt => (ReadOnlyMemory<byte>)OpenAIRequest.Write(
                    options.Model, options.Form, [new PromptTurn("user", prompt)], generation, stream: true, seed: null)),
                seed),
        };
    }
}
