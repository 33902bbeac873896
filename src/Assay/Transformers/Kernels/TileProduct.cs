using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>Four rows by four outputs: sixteen sums in registers, each vector that is read serves four of them.</summary>
static class TileProduct
{
    [MethodImpl(MethodImplOptions.NoInlining)]
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

        var outputs = (nuint)product.Outputs;
        Store(product, Lanes.Sums(aa, ab, ac, ad), ref w, ref x, ref y);
        Store(product, Lanes.Sums(ba, bb, bc, bd), ref w, ref Unsafe.Add(ref x, stride), ref Unsafe.Add(ref y, outputs));
        Store(product, Lanes.Sums(ca, cb, cc, cd), ref w, ref x2, ref Unsafe.Add(ref y, 2 * outputs));
        Store(product, Lanes.Sums(da, db, dc, dd), ref w, ref Unsafe.Add(ref x2, stride), ref Unsafe.Add(ref y, 3 * outputs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Product product, Vector128<float> sums, ref float w, ref float x, ref float y)
    {
        if (product.Inputs % Lanes.Width != 0)
        {
            sums += Rests(product.Inputs, ref w, ref x);
        }

        (product.Add ? sums + Vector128.LoadUnsafe(ref y) : sums).StoreUnsafe(ref y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector128<float> Rests(int inputs, ref float w, ref float x)
    {
        ref var at = ref Unsafe.As<float, byte>(ref w);
        var stride = (nint)inputs * sizeof(float);
        return Vector128.Create(
            RowProduct.Rest<SingleLanes>(inputs, ref at, ref x),
            RowProduct.Rest<SingleLanes>(inputs, ref Unsafe.Add(ref at, stride), ref x),
            RowProduct.Rest<SingleLanes>(inputs, ref Unsafe.Add(ref at, 2 * stride), ref x),
            RowProduct.Rest<SingleLanes>(inputs, ref Unsafe.Add(ref at, 3 * stride), ref x));
    }
}
