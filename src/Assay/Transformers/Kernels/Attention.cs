using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>
/// softmax(q * k) * v over pages. Every sum of a query runs in the order of the tokens (in sixteen lanes by their place in the page), and a
/// masked token adds exact zeros: its bits do not depend on the queries beside it.
/// </summary>
static class Attention
{
    /// <summary>Most queries in a tile.</summary>
    public const int Queries = 4;

    /// <summary>q * k of each token, one query.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scores(AttentionTile tile, ReadOnlySpan<float> query, Span<float> scores)
    {
        ref var q = ref MemoryMarshal.GetReference(query[..tile.Shape.HeadSize]);
        ref var to = ref MemoryMarshal.GetReference(scores[..tile.Tokens]);
        for (var page = 0; page < tile.Pages.Length; page++)
        {
            ref var keys = ref tile.Pages[page].Numbers[tile.Keys];
            Vector512<float> sum = default;
            for (nuint i = 0; i < (nuint)tile.Shape.HeadSize; i++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref q, i)), Vector512.LoadUnsafe(ref keys, i * Lanes.Width), sum);
            }

            sum.StoreUnsafe(ref to, (nuint)(page * Lanes.Width));
        }
    }

    /// <summary>As <see cref="Scores(AttentionTile, ReadOnlySpan{float}, Span{float})"/>, of four queries at these places of <paramref name="queries"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scores(AttentionTile tile, ReadOnlySpan<float> queries, ReadOnlySpan<int> places, Span<float> scores)
    {
        var size = tile.Shape.HeadSize;
        ref var qa = ref MemoryMarshal.GetReference(queries.Slice(places[0], size));
        ref var qb = ref MemoryMarshal.GetReference(queries.Slice(places[1], size));
        ref var qc = ref MemoryMarshal.GetReference(queries.Slice(places[2], size));
        ref var qd = ref MemoryMarshal.GetReference(queries.Slice(places[3], size));
        ref var to = ref MemoryMarshal.GetReference(scores[..((3 * tile.Pitch) + tile.Tokens)]);
        var pitch = (nuint)tile.Pitch;
        for (var page = 0; page < tile.Pages.Length; page++)
        {
            ref var keys = ref tile.Pages[page].Numbers[tile.Keys];
            Vector512<float> a = default, b = default, c = default, d = default;
            for (nuint i = 0; i < (nuint)size; i++)
            {
                var key = Vector512.LoadUnsafe(ref keys, i * Lanes.Width);
                a = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref qa, i)), key, a);
                b = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref qb, i)), key, b);
                c = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref qc, i)), key, c);
                d = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref qd, i)), key, d);
            }

            var at = (nuint)(page * Lanes.Width);
            a.StoreUnsafe(ref to, at);
            b.StoreUnsafe(ref to, at + pitch);
            c.StoreUnsafe(ref to, at + (2 * pitch));
            d.StoreUnsafe(ref to, at + (3 * pitch));
        }
    }

    /// <summary>Scores to weights that are not yet divided by their sum, which is returned; tokens outside [from, to] get zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Weigh(Span<float> scores, int from, int to)
    {
        scores[..from].Fill(float.NegativeInfinity);
        scores[(to + 1)..].Fill(float.NegativeInfinity);
        ref var start = ref MemoryMarshal.GetReference(scores);
        var most = Vector512.LoadUnsafe(ref start);
        for (var i = Lanes.Width; i < scores.Length; i += Lanes.Width)
        {
            most = Vector512.Max(most, Vector512.LoadUnsafe(ref start, (nuint)i));
        }

        var half = Vector256.Max(most.GetLower(), most.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        var max = Vector512.Create(MathF.Max(MathF.Max(quarter[0], quarter[1]), MathF.Max(quarter[2], quarter[3])));
        Vector512<float> sum = default;
        for (var i = 0; i < scores.Length; i += Lanes.Width)
        {
            var weight = Vector512.Exp(Vector512.LoadUnsafe(ref start, (nuint)i) - max);
            weight.StoreUnsafe(ref start, (nuint)i);
            sum += weight;
        }

        return Lanes.Sum(sum);
    }

    /// <summary>Sum of weight * v, one query, dimensions [at, at + 32).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Values(AttentionTile tile, ReadOnlySpan<float> weights, int at, Span<float> result)
    {
        ref var w = ref MemoryMarshal.GetReference(weights[..tile.Tokens]);
        Vector512<float> low = default, high = default;
        var stride = (nuint)tile.Shape.Stride;
        for (var page = 0; page < tile.Pages.Length; page++)
        {
            ref var values = ref tile.Pages[page].Numbers[tile.Values + at];
            for (nuint token = 0; token < KvShape.PageTokens; token++)
            {
                var weight = Vector512.Create(Unsafe.Add(ref w, token));
                low = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref values, token * stride), low);
                high = Vector512.FusedMultiplyAdd(weight, Vector512.LoadUnsafe(ref values, (token * stride) + Lanes.Width), high);
            }

            w = ref Unsafe.Add(ref w, KvShape.PageTokens);
        }

        low.CopyTo(result[at..]);
        high.CopyTo(result[(at + Lanes.Width)..]);
    }

    /// <summary>As <see cref="Values(AttentionTile, ReadOnlySpan{float}, int, Span{float})"/>, of four queries whose scratch follows one another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void FourValues(AttentionTile tile, Span<float> scratch, int at)
    {
        ref var w = ref MemoryMarshal.GetReference(scratch[..(Queries * tile.Pitch)]);
        Vector512<float> a = default, b = default, c = default, d = default, a2 = default, b2 = default, c2 = default, d2 = default;
        var (stride, pitch) = ((nuint)tile.Shape.Stride, (nuint)tile.Pitch);
        for (var page = 0; page < tile.Pages.Length; page++)
        {
            ref var values = ref tile.Pages[page].Numbers[tile.Values + at];
            for (nuint token = 0; token < KvShape.PageTokens; token++)
            {
                var (low, high) = (Vector512.LoadUnsafe(ref values, token * stride), Vector512.LoadUnsafe(ref values, (token * stride) + Lanes.Width));
                var weight = Vector512.Create(Unsafe.Add(ref w, token));
                a = Vector512.FusedMultiplyAdd(weight, low, a);
                a2 = Vector512.FusedMultiplyAdd(weight, high, a2);
                weight = Vector512.Create(Unsafe.Add(ref w, token + pitch));
                b = Vector512.FusedMultiplyAdd(weight, low, b);
                b2 = Vector512.FusedMultiplyAdd(weight, high, b2);
                weight = Vector512.Create(Unsafe.Add(ref w, token + (2 * pitch)));
                c = Vector512.FusedMultiplyAdd(weight, low, c);
                c2 = Vector512.FusedMultiplyAdd(weight, high, c2);
                weight = Vector512.Create(Unsafe.Add(ref w, token + (3 * pitch)));
                d = Vector512.FusedMultiplyAdd(weight, low, d);
                d2 = Vector512.FusedMultiplyAdd(weight, high, d2);
            }

            w = ref Unsafe.Add(ref w, KvShape.PageTokens);
        }

        var result = tile.Pitch - tile.Shape.Stride + at;
        Store(a, a2, scratch[result..]);
        Store(b, b2, scratch[(result + tile.Pitch)..]);
        Store(c, c2, scratch[(result + (2 * tile.Pitch))..]);
        Store(d, d2, scratch[(result + (3 * tile.Pitch))..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector512<float> low, Vector512<float> high, Span<float> to)
    {
        low.CopyTo(to);
        high.CopyTo(to[Lanes.Width..]);
    }
}
