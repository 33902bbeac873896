using Assay.Transformers;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary>The answer to a completion, whole or in chunks.</summary>
sealed class CompletionReply(ReplyHead head, GenerationSettings settings, CompletionChoice[] choices, int promptTokens)
{
    const string Kind = "text_completion";

    public async Task WholeAsync(HttpContext context, IAsyncEnumerable<(int Choice, GeneratedToken Token)> tokens)
    {
        await foreach (var (at, token) in tokens.ConfigureAwait(false))
        {
            choices[at].Add(token);
        }

        await ApiJson.WriteAsync(context, 200, writer =>
        {
            head.Write(writer, Kind);
            writer.WriteStartArray("choices");
            foreach (var choice in choices)
            {
                choice.Write(writer, choice.Text.ToString(), choice.Finish ?? FinishReason.Length);
            }

            writer.WriteEndArray();
            ApiJson.WriteUsage(writer, promptTokens, choices.Sum(choice => choice.Tokens));
        }).ConfigureAwait(false);
    }

    public StreamedReply Streamed() => new() { Begin = EchoAsync, Each = SendAsync, End = EndAsync };

    async ValueTask EchoAsync(EventStream events)
    {
        foreach (var choice in choices.Where(choice => choice.Text.Length > 0))
        {
            await ChunkAsync(events, choice, choice.Text.ToString(), null).ConfigureAwait(false);
        }
    }

    async ValueTask SendAsync(EventStream events, int at, GeneratedToken token)
    {
        choices[at].Add(token);
        if (token.Text.Length > 0 || choices[at].Scores is not null)
        {
            await ChunkAsync(events, choices[at], token.Text, null).ConfigureAwait(false);
        }

        if (token.Finish is { } finish)
        {
            await ChunkAsync(events, choices[at], "", finish).ConfigureAwait(false);
        }
    }

    async ValueTask EndAsync(EventStream events)
    {
        foreach (var choice in choices.Where(choice => choice.Finish is null))
        {
            await ChunkAsync(events, choice, "", FinishReason.Length).ConfigureAwait(false);
        }

        if (settings.IncludeUsage)
        {
            await events.SendAsync(writer =>
            {
                head.Write(writer, Kind);
                writer.WriteStartArray("choices");
                writer.WriteEndArray();
                ApiJson.WriteUsage(writer, promptTokens, choices.Sum(choice => choice.Tokens));
            }).ConfigureAwait(false);
        }
    }

    ValueTask ChunkAsync(EventStream events, CompletionChoice choice, string text, FinishReason? finish) => events.SendAsync(writer =>
    {
        head.Write(writer, Kind);
        writer.WriteStartArray("choices");
        choice.Write(writer, text, finish);
        writer.WriteEndArray();
        if (settings.IncludeUsage)
        {
            writer.WriteNull("usage");
        }
    });
}
