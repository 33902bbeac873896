using System.Collections.Immutable;
using Assay.Learning;
using Assay.Models;

namespace Assay.Running;

/// <summary>Serves models: trained ones by the open inference protocol V2, language models by the OpenAI protocol.</summary>
public interface IModelHost
{
    /// <summary>
    /// Starts a server for the versions of one model, named "1", "2", ... in their order, and returns when it answers. It ends when the
    /// returned object is disposed.
    /// </summary>
    /// <exception cref="UserErrorException">The server did not start; the message says what it printed.</exception>
    Task<IHostedModel> StartAsync(string name, ImmutableArray<TrainedModel> versions, CancellationToken cancellationToken);

    /// <summary>Starts a server for a language model under its name and returns when it answers. It ends when the returned object is disposed.</summary>
    /// <exception cref="UserErrorException">The server did not start; the message says what it printed.</exception>
    Task<IHostedModel> StartLanguageModelAsync(LocalModelOptions model, CancellationToken cancellationToken);
}

/// <summary>A served model.</summary>
public interface IHostedModel : IAsyncDisposable
{
    /// <summary>Base address on loopback.</summary>
    Uri Address { get; }

    /// <summary>The process whose CPU time and memory the service takes.</summary>
    int ProcessId { get; }
}
