using System.Buffers;

namespace Assay.Transformers.Tokenizing;

// Byte-pair encoding (Sennrich et al. 2016): of all neighbouring pairs the one of the lowest rank is merged, the leftmost of equals, until
// no pair has a merge.
static class BytePairMerger
{
    // Below it scanning a short array is faster than a heap.
    const int LongestScan = 96;

    /// <summary>Merges in place.</summary>
    /// <returns>How many tokens are left, at the start of <paramref name="tokens"/>.</returns>
    public static int Merge(Span<int> tokens, MergeTable merges) => tokens.Length <= LongestScan ? Scan(tokens, merges) : MergeByHeap(tokens, merges);

    static int Scan(Span<int> tokens, MergeTable merges)
    {
        Span<long> best = stackalloc long[LongestScan];
        var count = tokens.Length;
        for (var i = 0; i + 1 < count; i++)
        {
            best[i] = merges.Find(tokens[i], tokens[i + 1]);
        }

        while (count > 1)
        {
            var at = IndexOfLeast(best[..(count - 1)]);
            if (best[at] == MergeTable.None)
            {
                break;
            }

            tokens[at] = (int)best[at];
            tokens[(at + 2)..count].CopyTo(tokens[(at + 1)..]);
            best[Math.Min(at + 2, count - 1)..(count - 1)].CopyTo(best[(at + 1)..]);
            count--;
            UpdatePair(tokens[..count], best, at - 1, merges);
            UpdatePair(tokens[..count], best, at, merges);
        }

        return count;
    }

    static int IndexOfLeast(ReadOnlySpan<long> values)
    {
        var least = 0;
        for (var i = 1; i < values.Length; i++)
        {
            least = values[i] < values[least] ? i : least;
        }

        return least;
    }

    static void UpdatePair(ReadOnlySpan<int> tokens, Span<long> best, int at, MergeTable merges)
    {
        if (at >= 0 && at + 1 < tokens.Length)
        {
            best[at] = merges.Find(tokens[at], tokens[at + 1]);
        }
    }

    // A doubly linked list over the places and a heap of (rank, place). An entry of a pair that has changed since is passed over.
    static int MergeByHeap(Span<int> tokens, MergeTable merges)
    {
        var links = ArrayPool<int>.Shared.Rent(tokens.Length * 2);
        var next = links.AsSpan(0, tokens.Length);
        var previous = links.AsSpan(tokens.Length, tokens.Length);
        var heap = new PriorityQueue<int, long>(tokens.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            (next[i], previous[i]) = (i + 1 < tokens.Length ? i + 1 : -1, i - 1);
            Enqueue(heap, tokens, next, i, merges);
        }

        while (heap.TryDequeue(out var at, out var order))
        {
            var right = tokens[at] >= 0 ? next[at] : -1;
            var merge = right < 0 ? MergeTable.None : merges.Find(tokens[at], tokens[right]);
            if (merge == MergeTable.None || merge >> 32 != order >> 32)
            {
                continue;
            }

            tokens[at] = (int)merge;
            tokens[right] = -1;
            next[at] = next[right];
            if (next[at] >= 0)
            {
                previous[next[at]] = at;
            }

            Enqueue(heap, tokens, next, previous[at], merges);
            Enqueue(heap, tokens, next, at, merges);
        }

        ArrayPool<int>.Shared.Return(links);
        return Compact(tokens);
    }

    static void Enqueue(PriorityQueue<int, long> heap, ReadOnlySpan<int> tokens, ReadOnlySpan<int> next, int at, MergeTable merges)
    {
        var merge = at < 0 || next[at] < 0 ? MergeTable.None : merges.Find(tokens[at], tokens[next[at]]);
        if (merge != MergeTable.None)
        {
            heap.Enqueue(at, (merge >> 32 << 32) | (uint)at);
        }
    }

    static int Compact(Span<int> tokens)
    {
        var count = 0;
        foreach (var token in tokens)
        {
            if (token >= 0)
            {
                tokens[count++] = token;
            }
        }

        return count;
    }
}
