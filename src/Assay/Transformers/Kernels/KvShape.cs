namespace Assay.Transformers.Kernels;

/// <summary>
/// How keys and values lie in a page: for each layer and head a block of keys [dimension, token], so that a query meets sixteen keys in a
/// vector, then a block of values [token, dimension], padded to whole pairs of vectors.
/// </summary>
readonly record struct KvShape(int Layers, int Heads, int HeadSize)
{
    /// <summary>Tokens in a page.</summary>
    public const int PageTokens = Lanes.Width;

    /// <summary>Numbers from one token's values to the next one's.</summary>
    public int Stride => (HeadSize + 31) / 32 * 32;

    public int PageLength => Layers * Heads * BlockLength;

    public int Keys(int layer, int head) => ((layer * Heads) + head) * BlockLength;

    public int Values(int layer, int head) => Keys(layer, head) + (HeadSize * PageTokens);

    int BlockLength => PageTokens * (HeadSize + Stride);

    /// <summary>Pages for so many tokens.</summary>
    public static int Pages(int tokens) => (tokens + PageTokens - 1) / PageTokens;
}
