using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>What a row of logits says.</summary>
static class Probabilities
{
    /// <summary>ln(sum(exp(x))) in float64; a token's log-probability is its logit less this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        var most = (double)Max(logits);
        ref var from = ref MemoryMarshal.GetReference(logits);
        Vector512<double> low = default, high = default;
        var shift = Vector512.Create(most);
        var i = 0;
        for (; i <= logits.Length - Lanes.Width; i += Lanes.Width)
        {
            var (a, b) = Vector512.Widen(Vector512.LoadUnsafe(ref from, (nuint)i));
            low += Vector512.Exp(a - shift);
            high += Vector512.Exp(b - shift);
        }

        var sum = Vector512.Sum(low + high);
        for (; i < logits.Length; i++)
        {
            sum += Math.Exp(logits[i] - most);
        }

        return most + Math.Log(sum);
    }

    /// <summary>The first of the greatest; -1 where none is a number.</summary>
    public static int ArgMax(ReadOnlySpan<float> logits) => logits.IndexOf(Max(logits));

    static float Max(ReadOnlySpan<float> logits)
    {
        ref var from = ref MemoryMarshal.GetReference(logits);
        var most = Vector512.Create(float.NegativeInfinity);
        var i = 0;
        for (; i <= logits.Length - Lanes.Width; i += Lanes.Width)
        {
            most = Vector512.Max(most, Vector512.LoadUnsafe(ref from, (nuint)i));
        }

        var max = float.NegativeInfinity;
        for (var lane = 0; lane < Lanes.Width; lane++)
        {
            max = MathF.Max(max, most[lane]);
        }

        for (; i < logits.Length; i++)
        {
            max = MathF.Max(max, logits[i]);
        }

        return max;
    }
}
