using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;

namespace Assay.Models;

/// <summary>A language model behind the OpenAI protocol. One call a request, no repetition: what fails is a named failure. Thread-safe.</summary>
public sealed class OpenAIModel : IModel
{
    readonly HttpClient _http;
    readonly OpenAIModelOptions _options;
    readonly TimeProvider _time;
    readonly AuthenticationHeaderValue? _key;

    /// <summary>Calls nothing yet.</summary>
    /// <param name="http">Stays the caller's; its own timeout should be no shorter than that of the options.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="time">Of the timeout.</param>
    /// <exception cref="UserErrorException">The variable that should hold the key is empty.</exception>
    public OpenAIModel(HttpClient http, OpenAIModelOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_http, _options, _time) = (http, options, time);
        if (options.ApiKeyVariable is { } variable)
        {
            var key = Environment.GetEnvironmentVariable(variable);
            _key = string.IsNullOrEmpty(key)
                ? throw new UserErrorException($"The environment variable '{variable}' should hold the key of {options.BaseAddress} and is empty. Set it, or name another.")
                : new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public async ValueTask<Response> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var text = new StringBuilder();
        var answering = false;
        try
        {
            using var message = Message(request);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            answering = response.IsSuccessStatusCode;
            if (!answering)
            {
                var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                return new Response(null, Outcome.Error, $"status {(int)response.StatusCode}: {OpenAIReply.Read(body).Error ?? "without an error that could be read"}");
            }

            var answer = await (_options.Stream ? StreamAsync(response, text, either.Token) : WholeAsync(response, text, either.Token)).ConfigureAwait(false);
            return UpToStop(answer, request);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Response(Came(text), Outcome.Timeout, $"no complete answer within {_options.Timeout.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return answering
                ? new Response(Came(text), Outcome.Truncated, "the connection broke within the answer")
                : new Response(null, Outcome.Error, $"{_options.Address} could not be called: {exception.Message}");
        }
    }

    static async Task<Response> WholeAsync(HttpResponseMessage response, StringBuilder text, CancellationToken cancellationToken)
    {
        var reply = OpenAIReply.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        text.Append(reply.Text);
        return reply.Problem is not null ? new Response(null, Outcome.Error, reply.Problem)
            : reply.Error is not null ? new Response(null, Outcome.Error, reply.Error)
            : Ended(text, reply.FinishReason, reply.Refusal);
    }

    static async Task<Response> StreamAsync(HttpResponseMessage response, StringBuilder text, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        string? finish = null, refusal = null;
        await foreach (var item in SseParser.Create(body, (_, data) => data.ToArray()).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Data.AsSpan().SequenceEqual("[DONE]"u8))
            {
                break;
            }

            var reply = OpenAIReply.Read(item.Data);
            if ((reply.Error ?? reply.Problem) is { } failure)
            {
                return new Response(Came(text), Outcome.Error, failure);
            }

            text.Append(reply.Text);
            (finish, refusal) = (reply.FinishReason ?? finish, reply.Refusal ?? refusal);
        }

        return Ended(text, finish, refusal);
    }

    static Response Ended(StringBuilder text, string? finish, string? refusal) => (finish, refusal) switch
    {
        (_, { Length: > 0 }) => new Response(refusal, Outcome.Refused, "the model declined"),
        ("content_filter", _) => new Response(Came(text), Outcome.Refused, "the service's filter held the answer back"),
        ("length", _) => new Response(text.ToString(), Outcome.Truncated, "cut by the limit of tokens") { IsAtLimit = true },
        (null, _) => new Response(Came(text), Outcome.Truncated, "the answer ended without a finish reason"),
        _ => new Response(text.ToString(), Outcome.Ok),
    };

    static string? Came(StringBuilder text) => text.Length == 0 ? null : text.ToString();

    // Services that heed fewer stops than were asked for go on beyond the answer, some up to the limit.
    static Response UpToStop(Response answer, Request request)
    {
        if (answer.Text is null)
        {
            return answer;
        }

        var text = answer.Text;
        foreach (var stop in request.Generation.Until)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            text = at < 0 ? text : text[..at];
        }

        return text.Length < answer.Text.Length && answer.Outcome is Outcome.Ok or Outcome.Truncated ? new Response(text, Outcome.Ok) : answer;
    }

    HttpRequestMessage Message(Request request)
    {
        var seed = request.Generation.Temperature > 0 ? LocalModel.SeedOf(_options.Seed, request) : (ulong?)null;
        var content = new ByteArrayContent(OpenAIRequest.Write(_options.Model, _options.Form, request.Messages(), request.Generation, _options.Stream, seed));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, _options.Address) { Content = content, Headers = { Authorization = _key } };
    }
}
