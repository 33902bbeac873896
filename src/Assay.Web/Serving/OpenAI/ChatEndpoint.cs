using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
sealed class ChatEndpoint(ServedLanguageModel model, Generations generations, int mostChoices)
{
    const int MostAlternatives = 20;

    public async Task AnswerAsync(HttpContext context, RequestFields fields, ReplyHead head)
    {
        var settings = GenerationSettings.Read(fields, model.Model.GenerationDefaults, mostChoices);
        var scored = fields.Flag("logprobs");
        var top = (int)(fields.Whole("top_logprobs", 0, MostAlternatives) ?? 0);
        if (top > 0 && !scored)
        {
            throw ApiProblem.Wrong("top_logprobs", "'top_logprobs' needs 'logprobs' to be true.");
        }

        ImmutableArray<int> prompt = [.. model.Model.Tokenizer.Encode(Prompts.Chat(fields, model), fields.Flag("add_special_tokens"))];
        if (prompt.IsEmpty)
        {
            throw ApiProblem.Wrong("messages", "'messages' come to no token at all; expected a text to answer.");
        }

        if (settings.MaxTokens == 0)
        {
            throw ApiProblem.Wrong(fields.Find("max_tokens") is null ? "max_completion_tokens" : "max_tokens", "0 tokens leave no answer; expected 1 or more.");
        }

        var length = ContextLimit.MaxTokens(model.Engine.ContextLength, prompt.Length, settings.MaxTokens, "messages");
        ChatChoice[] choices = [.. Enumerable.Range(0, settings.Choices).Select(index => new ChatChoice(index, scored ? model.Model.Tokenizer : null, top))];
        var tokens = generations.RunAsync([.. choices.Select((_, i) => settings.Request(prompt, length, i, top))], context.RequestAborted);
        var reply = new ChatReply(head, settings, choices, prompt.Length);
        await (settings.Stream ? reply.Streamed().SendAsync(context, tokens) : reply.WholeAsync(context, tokens)).ConfigureAwait(false);
    }
}
