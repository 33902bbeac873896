namespace Assay.Transformers.Kernels;

/// <summary>Where up to four queries of one text find the keys and values that they share: pages [First, First + Count) of one layer and head.</summary>
readonly ref struct AttentionTile
{
    public required ReadOnlySpan<KvPage> Pages { get; init; }

    public required KvShape Shape { get; init; }

    public required int Layer { get; init; }

    public required int Head { get; init; }

    /// <summary>Scratch of one query: a number for each token of the pages, then one for each dimension.</summary>
    public required int Pitch { get; init; }

    public int Keys => Shape.Keys(Layer, Head);

    public int Values => Shape.Values(Layer, Head);

    public int Tokens => Pages.Length * KvShape.PageTokens;
}
