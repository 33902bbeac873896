using Assay.Load.Traces;

namespace Assay.Load.Payloads;

/// <summary>
/// Prompts as long as those of a trace, and alike where those were: a block with an equal hash id is an equal text, so that a cache of prefixes
/// meets what it met then. Without hash ids no two prompts are alike.
/// </summary>
/// <param name="trace">Begins again when it has ended.</param>
/// <param name="seed">The same seed gives the same prompts.</param>
public sealed class TracePrompts(Trace trace, ulong seed)
{
    /// <summary>Tokens of a block.</summary>
    public const int BlockTokens = 512;

    readonly ulong _texts = new SeededRandom(seed).Derive(2).NextUInt64();

    /// <summary>Tokens of a prompt whose length the trace does not tell, and which has no blocks. Default 128.</summary>
    public int DefaultTokens { get; init; } = 128;

    /// <summary>True: a prompt's last block is written whole, though the trace's was cut, for a cache that keeps whole blocks only. Default false.</summary>
    public bool WholeBlocks { get; init; }

    /// <summary>The prompt of this place in the schedule.</summary>
    public Prompt Of(int index)
    {
        var request = trace.Requests[index % trace.Requests.Length];
        var hashes = request.HashIds.IsDefault ? [] : request.HashIds;
        var words = request.InputTokens ?? (hashes.IsEmpty ? DefaultTokens : hashes.Length * BlockTokens);
        words = WholeBlocks ? Math.Max(words, hashes.Length * BlockTokens) : words;
        var text = WordText.Begin(words);
        var left = words;
        for (var block = 0; block < hashes.Length && left > 0; block++, left -= BlockTokens)
        {
            WordText.Write(text, _texts ^ (1UL << 63) ^ (ulong)hashes[block], Math.Min(left, BlockTokens));
        }

        if (left > 0)
        {
            WordText.Write(text, _texts ^ (ulong)index, left);
        }

        return new Prompt(WordText.Finish(text), request.OutputTokens is > 0 and var tokens ? tokens : null);
    }
}
