using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Transformers.Kernels;

/// <summary>
/// Rotary positions in the order of Hugging Face: number i of a head's first half turns with number i of its second half by the angle
/// position * frequency[i]. Angles are rounded to float32 as the reference implementation does.
/// </summary>
sealed class RotaryTable
{
    readonly int _half;
    readonly float[] _cosines, _sines;

    public RotaryTable(ReadOnlySpan<float> frequencies, int positions)
    {
        _half = frequencies.Length;
        _cosines = new float[positions * _half];
        _sines = new float[positions * _half];
        for (var position = 0; position < positions; position++)
        {
            for (var i = 0; i < _half; i++)
            {
                var (sine, cosine) = Math.SinCos(position * frequencies[i]);
                _cosines[(position * _half) + i] = (float)cosine;
                _sines[(position * _half) + i] = (float)sine;
            }
        }
    }

    /// <summary>Turns one head in place.</summary>
    public void Turn(Span<float> head, int position)
    {
        ref var cosines = ref _cosines[position * _half];
        ref var sines = ref _sines[position * _half];
        ref var low = ref MemoryMarshal.GetReference(head[..(2 * _half)]);
        ref var high = ref MemoryMarshal.GetReference(head[_half..]);
        var i = 0;
        for (; i <= _half - Lanes.Width; i += Lanes.Width)
        {
            var (a, b) = (Vector512.LoadUnsafe(ref low, (nuint)i), Vector512.LoadUnsafe(ref high, (nuint)i));
            var (cosine, sine) = (Vector512.LoadUnsafe(ref cosines, (nuint)i), Vector512.LoadUnsafe(ref sines, (nuint)i));
            ((a * cosine) - (b * sine)).StoreUnsafe(ref low, (nuint)i);
            ((b * cosine) + (a * sine)).StoreUnsafe(ref high, (nuint)i);
        }

        for (; i < _half; i++)
        {
            var (a, b) = (head[i], head[_half + i]);
            var (cosine, sine) = (_cosines[(position * _half) + i], _sines[(position * _half) + i]);
            head[i] = (a * cosine) - (b * sine);
            head[_half + i] = (b * cosine) + (a * sine);
        }
    }
}
