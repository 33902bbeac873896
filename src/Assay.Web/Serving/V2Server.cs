using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Assay.Web.Serving;

/// <summary>
/// Serves models over the V2 (open) inference protocol on 127.0.0.1. It writes no log and leaves signals (Ctrl+C) to its owner.
/// A missing value is a null in the data, and the model's metadata has <c>parameters.classes</c>: our two extensions.
/// </summary>
public sealed class V2Server : IAsyncDisposable
{
    readonly WebApplication _app;

    V2Server(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
    }

    /// <summary>What stands before <c>/v2</c>.</summary>
    public Uri Address { get; }

    /// <summary>Listens from when the task ends until the server is disposed of.</summary>
    /// <param name="models">Without a version in the path, the first of that name answers.</param>
    /// <param name="options">Port and limits.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="UserErrorException">The port is taken, or a model stands twice.</exception>
    public static async Task<V2Server> StartAsync(
        IReadOnlyList<ServedModel> models, V2ServerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(options);
        if (models.GroupBy(model => (model.Name, model.Version)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new UserErrorException($"Model '{twice.Key.Name}' version '{twice.Key.Version}' is to be served twice. Give each its own version.");
        }

        return new V2Server(await KestrelHost.StartAsync(IPAddress.Loopback, options.Port, new V2Routes(models, options).Map, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Stops listening; requests on their way are given up.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
