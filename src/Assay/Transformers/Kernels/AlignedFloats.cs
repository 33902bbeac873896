using System.Runtime.CompilerServices;

namespace Assay.Transformers.Kernels;

/// <summary>Zeroed floats that start at a cache line: a vector of sixteen never lies in two.</summary>
sealed class AlignedFloats
{
    const int Line = 64;

    readonly float[] _array;
    readonly int _start;
    readonly int _length;

    public unsafe AlignedFloats(int length)
    {
        _array = GC.AllocateArray<float>(length + Lanes.Width, pinned: true);
        _length = length;
        var address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _start = (int)((Line - (address % Line)) % Line / sizeof(float));
    }

    public Span<float> Span => _array.AsSpan(_start, _length);
}
