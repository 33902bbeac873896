using Assay.Transformers;
using Microsoft.AspNetCore.Http;

namespace Assay.Web.Serving.OpenAI;

/// <summary>Sends tokens as they come. Until the first is there a failure has a status of its own; after it, it is an event.</summary>
sealed class StreamedReply
{
    /// <summary>Before the first token.</summary>
    public required Func<EventStream, ValueTask> Begin { get; init; }

    public required Func<EventStream, int, GeneratedToken, ValueTask> Each { get; init; }

    /// <summary>After the last token, before <c>[DONE]</c>.</summary>
    public required Func<EventStream, ValueTask> End { get; init; }

    public async Task SendAsync(HttpContext context, IAsyncEnumerable<(int Choice, GeneratedToken Token)> tokens)
    {
        await using var next = tokens.GetAsyncEnumerator(context.RequestAborted);
        var more = await next.MoveNextAsync().ConfigureAwait(false);
        using var events = EventStream.Start(context);
        try
        {
            await Begin(events).ConfigureAwait(false);
            for (; more; more = await next.MoveNextAsync().ConfigureAwait(false))
            {
                await Each(events, next.Current.Choice, next.Current.Token).ConfigureAwait(false);
            }

            await End(events).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException))
        {
            // No [DONE] follows: whoever does not know error events must not take the answer for whole.
            await events.SendAsync(writer => ApiJson.WriteProblem(writer, ApiProblem.Of(exception))).ConfigureAwait(false);
            return;
        }

        await events.DoneAsync().ConfigureAwait(false);
    }
}
