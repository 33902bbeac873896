using System.Collections.Immutable;

namespace Assay.Load.Traces;

/// <summary>What was asked of a real service, and when; without its texts.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Requests">By time, ascending.</param>
public sealed record Trace(string Name, ImmutableArray<TraceRequest> Requests)
{
    /// <summary>
    /// Reads a file: Azure's CSV (<c>TIMESTAMP,ContextTokens,GeneratedTokens</c>), BurstGPT's CSV (<c>Timestamp,...,Request tokens,Response tokens,...</c>,
    /// seconds), Mooncake's JSON lines (<c>timestamp</c> in milliseconds, <c>input_length</c>, <c>output_length</c>, <c>hash_ids</c>) or our own
    /// (<c>at</c> in seconds from the start of the run, and optionally <c>input_tokens</c>, <c>output_tokens</c>, <c>hash_ids</c>). The first three start
    /// with their first request. Which one it is shows in its first line.
    /// </summary>
    /// <param name="path">Of the file.</param>
    /// <exception cref="UserErrorException">The file cannot be read, is none of these, or a line of it is wrong: the message says which.</exception>
    public static Trace Read(string path) => TraceReader.Read(path);
}

/// <summary>One request of a trace.</summary>
/// <param name="At">From the start.</param>
/// <param name="InputTokens">Of its prompt; null when not known.</param>
/// <param name="OutputTokens">Of its answer; null when not known.</param>
/// <param name="HashIds">Of its prompt's blocks of 512 tokens: equal ids are equal texts after equal texts. Empty when not known.</param>
public readonly record struct TraceRequest(TimeSpan At, int? InputTokens, int? OutputTokens, ImmutableArray<int> HashIds);
