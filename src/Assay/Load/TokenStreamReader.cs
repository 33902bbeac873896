using System.Net.ServerSentEvents;
using Assay.Models;

namespace Assay.Load;

/// <summary>
/// Reads a streamed answer and notes when its tokens came. A token's time is that of the event that brought text: events that only name the role,
/// end the answer or count it are none.
/// </summary>
static class TokenStreamReader
{
    public static async Task<StreamedTokens> ReadAsync(HttpResponseMessage response, Func<TimeSpan> now, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var read = new StreamedTokens();
        var (events, counted, isFinished, isDone) = (0, (int?)null, false, false);

        // The parser asks for the time while the event is at hand, before it is read as JSON.
        var parser = SseParser.Create(body, (_, data) => (At: now(), Data: data.ToArray()));
        await foreach (var item in parser.EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Data.Data.AsSpan().SequenceEqual("[DONE]"u8))
            {
                isDone = true;
                continue;
            }

            var reply = OpenAIReply.Read(item.Data.Data);
            if ((reply.Error is null ? reply.Problem : "an error within the stream") is { } failure)
            {
                return read with { Outcome = Outcome.Error, Reason = failure, End = item.Data.At };
            }

            counted = reply.Tokens ?? counted;
            isFinished |= reply.FinishReason is not null;
            if (reply.Text is { Length: > 0 })
            {
                read = read with { First = read.First ?? item.Data.At, Last = item.Data.At, Tokens = ++events };
            }
        }

        read = read with { End = now(), Tokens = counted ?? events };
        return (isFinished, isDone, events) switch
        {
            (_, false, _) => read with { Outcome = Outcome.Truncated, Reason = "the stream ended without [DONE]" },
            (false, _, _) => read with { Outcome = Outcome.Truncated, Reason = "the stream ended without a finish reason" },
            (_, _, 0) => read with { Outcome = Outcome.Error, Reason = "the stream brought no text" },
            _ => read,
        };
    }
}

/// <summary>What a streamed answer brought, and when.</summary>
readonly record struct StreamedTokens(TimeSpan? First, TimeSpan? Last, TimeSpan End, int Tokens, Outcome Outcome, string? Reason);
