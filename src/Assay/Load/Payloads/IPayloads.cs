namespace Assay.Load.Payloads;

/// <summary>What is sent. The same index gives the same request, whatever was asked before; thread-safe.</summary>
public interface IPayloads
{
    /// <summary>The request of this place in the schedule, from 0.</summary>
    LoadRequest Of(int index);
}

/// <summary>One request as it goes over the wire.</summary>
/// <param name="Body">UTF-8; empty for a GET.</param>
/// <param name="Tokens">How many tokens the answer must have to be whole, where the body forces a length; null where any length will do.</param>
public readonly record struct LoadRequest(ReadOnlyMemory<byte> Body, int? Tokens = null);
