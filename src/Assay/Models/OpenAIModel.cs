using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;

namespace Assay.Models;

/// <summary>A language model behind the OpenAI protocol. One call a request, no repetition: what fails is a named failure. Thread-safe.</summary>
public sealed class OpenAIModel : IModel
{
    // More than any answer of a model: what is longer is no answer, and is not to fill the memory.
    const int MostBytes = 8 << 20;

    readonly HttpClient _http;
    readonly OpenAIModelOptions _options;
    readonly TimeProvider _time;
    readonly AuthenticationHeaderValue? _key;
    readonly Uri _address;
    readonly Uri _echoAddress;

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
        (_http, _options, _time, _address, _echoAddress) = (http, options, time, options.Address, options.EchoAddress);
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
        var start = _time.GetTimestamp();
        var response = await CallAsync(request, cancellationToken).ConfigureAwait(false);
        return AnswerText.Of(response, request) with { Latency = _time.GetElapsedTime(start) };
    }

    async Task<Response> CallAsync(Request request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var text = new StringBuilder();
        var answering = false;
        try
        {
            using var message = Message(request);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            answering = response.IsSuccessStatusCode;
            var answer = !answering ? await FailedAsync(response, either.Token).ConfigureAwait(false)
                : await (_options.Stream && !request.Echo ? StreamAsync(response, text, either.Token) : WholeAsync(response, text, request.Echo, either.Token)).ConfigureAwait(false);
            return answer with { Status = answer.Status ?? (int)response.StatusCode, RetryAfter = answer.CanPass ? RetryAfter.Of(response.Headers, _time.GetUtcNow()) : null };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Response(Came(text), Outcome.Timeout, $"no complete answer within {_options.Timeout.TotalSeconds} s") { CanPass = true };
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return new Response(Came(text), Outcome.Error, $"the answer is longer than {MostBytes >> 20} MiB");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return answering
                ? new Response(Came(text), Outcome.Truncated, "the connection broke within the answer") { CanPass = true }
                : new Response(null, Outcome.Error, $"{_address} could not be called: {exception.Message}") { CanPass = true };
        }
    }

    static async Task<Response> FailedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var reply = OpenAIReply.Read(body);
        return new Response(null, Outcome.Error, $"status {status}: {reply.Error ?? "without an error that could be read"}") { CanPass = ServiceError.CanPass(status) && !reply.IsSpent };
    }

    // An error in an answer of status 200 is what its own status would be.
    static Response InBand(string? text, OpenAIReply reply) =>
        new(text, Outcome.Error, reply.Error ?? reply.Problem) { Status = reply.ErrorStatus, CanPass = ServiceError.CanPass(reply.ErrorStatus) && !reply.IsSpent };

    static async Task<Response> WholeAsync(HttpResponseMessage response, StringBuilder text, bool echo, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken).ConfigureAwait(false);
        var reply = OpenAIReply.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        text.Append(reply.Text);
        var answer = (reply.Problem ?? reply.Error) is not null ? InBand(null, reply)
            : !echo ? Ended(text, reply.FinishReason, reply.Refusal)
            : !reply.Probabilities.IsDefaultOrEmpty ? new Response(text.ToString(), Outcome.Ok) { PromptProbabilities = reply.Probabilities }
            : new Response(Came(text), Outcome.Error, "the service gives no log-probabilities of the prompt (echo and logprobs)");
        return answer with { PromptTokens = reply.PromptTokens, AnswerTokens = reply.Tokens, Reasoning = reply.Reasoning };
    }

    static async Task<Response> StreamAsync(HttpResponseMessage response, StringBuilder text, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        string? finish = null, refusal = null;
        var reasoning = new StringBuilder();
        int? promptTokens = null, tokens = null;
        await foreach (var item in SseParser.Create(body, (_, data) => data.ToArray()).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Data.AsSpan().SequenceEqual("[DONE]"u8))
            {
                break;
            }

            var reply = OpenAIReply.Read(item.Data);
            if ((reply.Error ?? reply.Problem) is not null)
            {
                return InBand(Came(text), reply);
            }

            reasoning.Append(reply.Reasoning);
            if (text.Append(reply.Text).Length + reasoning.Length > MostBytes)
            {
                return new Response(null, Outcome.Error, $"the answer is longer than {MostBytes >> 20} MiB");
            }

            (finish, refusal) = (reply.FinishReason ?? finish, reply.Refusal ?? refusal);
            (promptTokens, tokens) = (reply.PromptTokens ?? promptTokens, reply.Tokens ?? tokens);
        }

        return Ended(text, finish, refusal) with { PromptTokens = promptTokens, AnswerTokens = tokens, Reasoning = Came(reasoning) };
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

    /// <summary>Everything that determines the answer: where, in which form, which revision, and the whole body.</summary>
    public byte[] Identity(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. Encoding.UTF8.GetBytes($"{_address}\n{_options.Form}\n{_options.Revision}\n"), .. Body(request)];
    }

    byte[] Body(Request request)
    {
        if (request.Echo)
        {
            return OpenAIRequest.WriteEcho(_options.Model, request.Prompt);
        }

        var stops = request.Generation.Until;
        var generation = stops.Length > _options.MostStops ? request.Generation with { Until = stops[.._options.MostStops] } : request.Generation;
        var seed = request.Generation.Temperature > 0 ? LocalModel.SeedOf(_options.Seed, request) : (ulong?)null;
        return OpenAIRequest.Write(_options.Model, _options.Form, request.Messages(), generation, _options.Stream, seed);
    }

    HttpRequestMessage Message(Request request)
    {
        var content = new ByteArrayContent(Body(request));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, request.Echo ? _echoAddress : _address) { Content = content, Headers = { Authorization = _key } };
    }
}
