using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Assay.Web.Serving;

/// <summary>Kestrel and routing, nothing else.</summary>
static class KestrelHost
{
    /// <summary>Listens when the task ends.</summary>
    /// <exception cref="UserErrorException">The address cannot be listened on.</exception>
    public static async Task<WebApplication> StartAsync(IPAddress host, int port, Action<IEndpointRouteBuilder> map, CancellationToken cancellationToken)
    {
        // The empty builder: no configuration file, no environment variable and no console log may change what is measured.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // RequestBody counts, so that a refusal has our body and the connection lives on.
            kestrel.Listen(host, port);
        });
        builder.Services.AddRoutingCore().AddSingleton<IHostLifetime, OwnersLifetime>();
        var app = builder.Build();
        app.UseRouting();
        map(app);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return app;
        }
        catch (IOException exception)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new UserErrorException($"Port {port} of {host} cannot be listened on: {exception.Message} Choose another, or 0 for a free one.", exception);
        }
    }
}
