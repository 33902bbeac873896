using Microsoft.Extensions.Hosting;

namespace Assay.Web.Serving;

/// <summary>The default lifetime would take over Ctrl+C and SIGTERM, which are the owner's.</summary>
sealed class OwnersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
