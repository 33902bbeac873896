using System.Text.Json;
using Assay.Transformers;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary>The answer to a chat, whole or in chunks: the role, the content, why it ended, the usage.</summary>
sealed class ChatReply(ReplyHead head, GenerationSettings settings, ChatChoice[] choices, int promptTokens)
{
    const string Chunk = "chat.completion.chunk";

    public async Task WholeAsync(HttpContext context, IAsyncEnumerable<(int Choice, GeneratedToken Token)> tokens)
    {
        await foreach (var (at, token) in tokens.ConfigureAwait(false))
        {
            choices[at].Add(token);
        }

        await ApiJson.WriteAsync(context, 200, writer =>
        {
            head.Write(writer, "chat.completion");
            writer.WriteStartArray("choices");
            foreach (var choice in choices)
            {
                choice.WriteWhole(writer);
            }

            writer.WriteEndArray();
            ApiJson.WriteUsage(writer, promptTokens, choices.Sum(choice => choice.Tokens));
        }).ConfigureAwait(false);
    }

    public StreamedReply Streamed() => new() { Begin = BeginAsync, Each = SendAsync, End = EndAsync };

    async ValueTask BeginAsync(EventStream events)
    {
        foreach (var choice in choices)
        {
            await ChunkAsync(events, choice.WriteRole).ConfigureAwait(false);
        }
    }

    async ValueTask SendAsync(EventStream events, int at, GeneratedToken token)
    {
        var choice = choices[at];
        choice.Add(token);
        if (token.Text.Length > 0 || choice.IsScored)
        {
            await ChunkAsync(events, writer => choice.WriteContent(writer, token)).ConfigureAwait(false);
        }

        if (token.Finish is { } finish)
        {
            await ChunkAsync(events, writer => choice.WriteFinish(writer, finish)).ConfigureAwait(false);
        }
    }

    ValueTask EndAsync(EventStream events) => !settings.IncludeUsage ? ValueTask.CompletedTask : events.SendAsync(writer =>
    {
        head.Write(writer, Chunk);
        writer.WriteStartArray("choices");
        writer.WriteEndArray();
        ApiJson.WriteUsage(writer, promptTokens, choices.Sum(choice => choice.Tokens));
    });

    ValueTask ChunkAsync(EventStream events, Action<Utf8JsonWriter> write) => events.SendAsync(writer =>
    {
        head.Write(writer, Chunk);
        writer.WriteStartArray("choices");
        write(writer);
        writer.WriteEndArray();
        if (settings.IncludeUsage)
        {
            writer.WriteNull("usage");
        }
    });
}
