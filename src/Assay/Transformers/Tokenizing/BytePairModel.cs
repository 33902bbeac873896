using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Assay.Transformers.Tokenizing;

// Pieces of text to tokens. The cache holds short pieces, which come again and again; it stops growing at its bound.
abstract class BytePairModel(MergeTable merges)
{
    const int LongestCached = 32;
    const int MostCached = 32_768;

    readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    int _cached;

    public void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        if (piece.Length <= LongestCached && _cache.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out var known))
        {
            output.AddRange(known);
            return;
        }

        var buffer = ArrayPool<int>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(piece.Length));
        var tokens = buffer.AsSpan(0, Start(piece, buffer));
        tokens = tokens[..BytePairMerger.Merge(tokens, merges)];
        output.AddRange(tokens);
        if (piece.Length <= LongestCached && Volatile.Read(ref _cached) < MostCached && _cache.TryAdd(piece.ToString(), tokens.ToArray()))
        {
            Interlocked.Increment(ref _cached);
        }

        ArrayPool<int>.Shared.Return(buffer);
    }

    /// <summary>The tokens before any merge, at most one a byte.</summary>
    /// <returns>How many.</returns>
    protected abstract int Start(ReadOnlySpan<char> piece, Span<int> tokens);
}

// Of the piece's UTF-8 bytes. A model that ignores merges takes a piece that is a token as it is.
sealed class ByteLevelModel(MergeTable merges, int[] tokenOfByte, Dictionary<string, int>? whole) : BytePairModel(merges)
{
    protected override int Start(ReadOnlySpan<char> piece, Span<int> tokens)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(piece.Length));
        var count = Encoding.UTF8.GetBytes(piece, bytes);
        if (whole is not null && Whole(bytes.AsSpan(0, count)) is { } token)
        {
            tokens[0] = token;
            count = 1;
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                tokens[i] = tokenOfByte[bytes[i]];
            }
        }

        ArrayPool<byte>.Shared.Return(bytes);
        return count;
    }

    int? Whole(ReadOnlySpan<byte> bytes)
    {
        var text = string.Create(bytes.Length, bytes, (characters, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                characters[i] = ByteAlphabet.CharacterOf(source[i]);
            }
        });
        return whole!.TryGetValue(text, out var token) ? token : null;
    }
}
