using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>Four rows by four outputs, whole vectors of inputs only: sixteen sums in registers, each vector that is read serves four of them.</summary>
static class TileProduct
{
    // No call may follow the loop: vectors that live across one are stored in each turn.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Product product, ref float w, ref float x, ref float y)
    {
        Vector512<float> aa = default, ab = default, ac = default, ad = default, ba = default, bb = default, bc = default, bd = default;
        Vector512<float> ca = default, cb = default, cc = default, cd = default, da = default, db = default, dc = default, dd = default;
        var stride = (nuint)product.Inputs;
        var whole = stride & ~(nuint)(Lanes.Width - 1);
        ref var w2 = ref Unsafe.Add(ref w, 2 * stride);
        ref var x2 = ref Unsafe.Add(ref x, 2 * stride);
        for (nuint i = 0; i < whole; i += Lanes.Width)
        {
            var (wa, wb) = (Vector512.LoadUnsafe(ref w, i), Vector512.LoadUnsafe(ref w, i + stride));
            var (wc, wd) = (Vector512.LoadUnsafe(ref w2, i), Vector512.LoadUnsafe(ref w2, i + stride));
            var row = Vector512.LoadUnsafe(ref x, i);
            aa = Vector512.FusedMultiplyAdd(row, wa, aa);
            ab = Vector512.FusedMultiplyAdd(row, wb, ab);
            ac = Vector512.FusedMultiplyAdd(row, wc, ac);
            ad = Vector512.FusedMultiplyAdd(row, wd, ad);
            row = Vector512.LoadUnsafe(ref x, i + stride);
            ba = Vector512.FusedMultiplyAdd(row, wa, ba);
            bb = Vector512.FusedMultiplyAdd(row, wb, bb);
            bc = Vector512.FusedMultiplyAdd(row, wc, bc);
            bd = Vector512.FusedMultiplyAdd(row, wd, bd);
            row = Vector512.LoadUnsafe(ref x2, i);
            ca = Vector512.FusedMultiplyAdd(row, wa, ca);
            cb = Vector512.FusedMultiplyAdd(row, wb, cb);
            cc = Vector512.FusedMultiplyAdd(row, wc, cc);
            cd = Vector512.FusedMultiplyAdd(row, wd, cd);
            row = Vector512.LoadUnsafe(ref x2, i + stride);
            da = Vector512.FusedMultiplyAdd(row, wa, da);
            db = Vector512.FusedMultiplyAdd(row, wb, db);
            dc = Vector512.FusedMultiplyAdd(row, wc, dc);
            dd = Vector512.FusedMultiplyAdd(row, wd, dd);
        }

        ref var y2 = ref Unsafe.Add(ref y, 2 * product.Outputs);
        Store(product.Add, Lanes.Sums(aa, ab, ac, ad), ref y);
        Store(product.Add, Lanes.Sums(ba, bb, bc, bd), ref Unsafe.Add(ref y, product.Outputs));
        Store(product.Add, Lanes.Sums(ca, cb, cc, cd), ref y2);
        Store(product.Add, Lanes.Sums(da, db, dc, dd), ref Unsafe.Add(ref y2, product.Outputs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(bool add, Vector128<float> sums, ref float y) => (add ? sums + Vector128.LoadUnsafe(ref y) : sums).StoreUnsafe(ref y);
}
