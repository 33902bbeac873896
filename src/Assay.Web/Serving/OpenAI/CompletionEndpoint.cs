using System.Collections.Immutable;
using System.Text.Json;
using Assay.Transformers;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary><c>POST /v1/completions</c>.</summary>
sealed class CompletionEndpoint(ServedLanguageModel model, Generations generations, int mostChoices)
{
    const int DefaultMaxTokens = 16;
    const int MostAlternatives = 20;

    public async Task AnswerAsync(HttpContext context, RequestFields fields, ReplyHead head)
    {
        var settings = GenerationSettings.Read(fields, model.Model.GenerationDefaults, mostChoices);
        var top = (int?)fields.Whole("logprobs", 0, MostAlternatives);
        var prompts = Prompts.Completion(fields, model.Model.Tokenizer);
        if (prompts.Length * settings.Choices > mostChoices)
        {
            throw ApiProblem.Wrong("n", $"{prompts.Length} prompts times 'n' {settings.Choices} are more than the {mostChoices} answers that one request may ask for.");
        }

        var positions = model.Engine.ContextLength;
        int[] lengths = [.. prompts.Select(prompt => ContextLimit.MaxTokens(
            positions, prompt.Length, settings.MaxTokens ?? Math.Min(DefaultMaxTokens, Math.Max(1, positions - prompt.Length)), "prompt"))];
        var choices = await ChoicesAsync(fields, prompts, settings.Choices, top, context.RequestAborted).ConfigureAwait(false);
        var promptTokens = prompts.Sum(prompt => prompt.Length);

        // Nothing to generate is a prompt to be scored.
        GenerationRequest[] requests = settings.MaxTokens == 0 ? [] : [.. choices.Select((_, i) => settings.Request(
            prompts[i / settings.Choices], lengths[i / settings.Choices], i % settings.Choices, top ?? 0))];
        var tokens = generations.RunAsync(requests, context.RequestAborted);
        var reply = new CompletionReply(head, settings, choices, promptTokens);
        await (settings.Stream ? reply.Streamed().SendAsync(context, tokens) : reply.WholeAsync(context, tokens)).ConfigureAwait(false);
    }

    async Task<CompletionChoice[]> ChoicesAsync(
        RequestFields fields, ImmutableArray<ImmutableArray<int>> prompts, int each, int? top, CancellationToken cancellationToken)
    {
        var echo = fields.Flag("echo");
        var choices = new List<CompletionChoice>();
        foreach (var (at, prompt) in prompts.Index())
        {
            var scores = echo && top is { } alternatives
                ? await generations.ScoreAsync(prompt, alternatives, cancellationToken).ConfigureAwait(false)
                : [];
            for (var i = 0; i < each; i++)
            {
                var choice = new CompletionChoice(choices.Count, top is { } count ? new CompletionLogProbs(model.Model.Tokenizer, count) : null);
                if (echo)
                {
                    choice.Text.Append(Echo(fields, prompts.Length, at, prompt));
                    choice.Scores?.Add(prompt[0], null, []);
                    foreach (var score in scores)
                    {
                        choice.Scores?.Add(score.Id, score.LogProbability, score.Top);
                    }
                }

                choices.Add(choice);
            }
        }

        return [.. choices];
    }

    // A text comes back as it was sent.
    string Echo(RequestFields fields, int prompts, int at, ImmutableArray<int> ids) => fields.Find("prompt") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == prompts && list[at].ValueKind == JsonValueKind.String => list[at].GetString()!,
        _ => model.Model.Tokenizer.Decode(ids.AsSpan(), skipSpecial: false),
    };
}
