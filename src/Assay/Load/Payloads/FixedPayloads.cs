using System.Collections.Immutable;

namespace Assay.Load.Payloads;

/// <summary>Bodies written before the run; each is sent equally often, in a seeded order.</summary>
public sealed class FixedPayloads : IPayloads
{
    readonly ImmutableArray<LoadRequest> _requests;

    /// <exception cref="UserErrorException">There are none.</exception>
    public FixedPayloads(IEnumerable<ReadOnlyMemory<byte>> bodies, ulong seed)
        : this(bodies.Select(body => new LoadRequest(body)), seed)
    {
    }

    /// <exception cref="UserErrorException">There are none.</exception>
    public FixedPayloads(IEnumerable<LoadRequest> requests, ulong seed)
    {
        LoadRequest[] order = [.. requests];
        if (order.Length == 0)
        {
            throw new UserErrorException("There are no bodies to send. Expected at least one.");
        }

        new SeededRandom(seed).Derive(1).Shuffle(order);
        _requests = [.. order];
    }

    /// <inheritdoc/>
    public LoadRequest Of(int index) => _requests[index % _requests.Length];
}
