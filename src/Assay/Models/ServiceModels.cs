using System.Net.Http.Headers;
using System.Text.Json;

namespace Assay.Models;

/// <summary>The list of models of a service, <c>GET /models</c>: whether it can be reached at all, and how long its context is.</summary>
static class ServiceModels
{
    /// <summary>Tokens of the context; null when the service does not tell, for not all have such a list.</summary>
    /// <exception cref="ModelStoppedException">Nothing answers at the address.</exception>
    public static async Task<int?> ContextAsync(HttpClient http, OpenAIModelOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(options.Timeout);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{options.BaseAddress.AbsoluteUri.TrimEnd('/')}/models"));
            if (options.ApiKeyVariable is { } variable && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }

            using var response = await http.SendAsync(request, timeout.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? Length(await response.Content.ReadAsByteArrayAsync(timeout.Token).ConfigureAwait(false), options.Model) : null;
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw new ModelStoppedException(
                $"{options.Name} cannot be reached at {options.BaseAddress.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}: {problem.Message.TrimEnd('.')}. Nothing was asked. Start the service, or correct the address.", problem);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    // Three spellings are known: of vLLM, of several routers, and of llama.cpp.
    static int? Length(byte[] json, string model)
    {
        using var list = JsonDocument.Parse(json);
        foreach (var entry in list.RootElement.GetProperty("data").EnumerateArray().Where(entry => entry.GetProperty("id").ValueEquals(model)))
        {
            var meta = entry.TryGetProperty("meta", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : entry;
            if (entry.TryGetProperty("max_model_len", out var length) || entry.TryGetProperty("context_length", out length) || meta.TryGetProperty("n_ctx", out length) || meta.TryGetProperty("n_ctx_train", out length))
            {
                return length.TryGetInt32(out var tokens) ? tokens : null;
            }
        }

        return null;
    }
}
