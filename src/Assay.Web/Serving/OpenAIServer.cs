using Assay.Web.Serving.OpenAI;
using Microsoft.AspNetCore.Builder;

namespace Assay.Web.Serving;

/// <summary>
/// Serves a language model over the OpenAI protocol: chat and completions, whole and streamed, with vLLM's tokenize, detokenize and metrics. It
/// writes no log and leaves signals (Ctrl+C) to its owner. A client that goes ends its generation.
/// </summary>
public sealed class OpenAIServer : IAsyncDisposable
{
    readonly WebApplication _app;

    OpenAIServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
    }

    /// <summary>What stands before <c>/v1</c>.</summary>
    public Uri Address { get; }

    /// <summary>Listens from when the task ends until the server is disposed of.</summary>
    /// <param name="model">The model; its engine stays the caller's.</param>
    /// <param name="options">Address and limits.</param>
    /// <param name="time">Of the metrics and the time in answers.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="UserErrorException">The port is taken.</exception>
    public static async Task<OpenAIServer> StartAsync(
        ServedLanguageModel model, OpenAIServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var routes = new OpenAIRoutes(model, options, time);
        return new OpenAIServer(await KestrelHost.StartAsync(options.Host, options.Port, routes.Map, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Stops listening; answers on their way are given up.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
