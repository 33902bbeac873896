using System.Runtime.Intrinsics;

namespace Assay.Statistics;

/// <summary>
/// Four xoshiro256** generators side by side, for loops that need more bits than one gives. The same numbers on every machine, with
/// vector registers or without.
/// </summary>
struct VectorRandom(SeededRandom random)
{
    // The states are taken from the generator's next numbers.
    Vector256<ulong> _s0 = Draw(random);
    Vector256<ulong> _s1 = Draw(random);
    Vector256<ulong> _s2 = Draw(random);
    Vector256<ulong> _s3 = Draw(random);

    /// <summary>256 uniform bits.</summary>
    public Vector256<ulong> Next()
    {
        var five = _s1 + (_s1 << 2);
        var turned = (five << 7) | (five >>> 57);
        var result = turned + (turned << 3);
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = (_s3 << 45) | (_s3 >>> 19);
        return result;
    }

    static Vector256<ulong> Draw(SeededRandom random) =>
        Vector256.Create(random.NextUInt64(), random.NextUInt64(), random.NextUInt64(), random.NextUInt64());
}
