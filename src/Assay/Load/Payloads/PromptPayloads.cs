namespace Assay.Load.Payloads;

/// <summary>Bodies that are made of prompts when they are sent, and not kept.</summary>
/// <param name="body">How.</param>
/// <param name="prompts">The prompt of each place in the schedule, from 0; thread-safe, the same for the same place.</param>
public sealed class PromptPayloads(OpenAIBody body, Func<int, Prompt> prompts) : IPayloads
{
    /// <inheritdoc/>
    public LoadRequest Of(int index) => body.Write(prompts(index));
}
