using System.Runtime.InteropServices;

namespace Assay.Data.Profiling;

/// <summary>
/// How many distinct hashes came, and how often. Exact until it holds more than its limit; then it keeps only hashes that end in so many
/// zero bits, all of them with their counts, and scales up (Wegman's adaptive sampling; Flajolet 1990): the standard error is about
/// 1.2 / sqrt(limit).
/// </summary>
sealed class DistinctCounter(int limit)
{
    readonly Dictionary<ulong, long> _counts = [];
    int _bits;
    ulong _mask;

    public bool IsExact => _bits == 0;

    /// <summary>Distinct hashes.</summary>
    public double Distinct => _counts.Count * Scale;

    /// <summary>Hashes that had come before.</summary>
    public double Repeats => _counts.Values.Sum(count => count - 1) * Scale;

    /// <summary>Standard error of <see cref="Distinct"/>, as a share of it; 0 when exact.</summary>
    public double RelativeError => IsExact ? 0 : 1 / Math.Sqrt(Math.Max(1, _counts.Count));

    double Scale => Math.Pow(2, _bits);

    /// <param name="hash">Well mixed.</param>
    /// <param name="times">How often it came.</param>
    public void Add(ulong hash, long times = 1)
    {
        if ((hash & _mask) != 0)
        {
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_counts, hash, out _) += times;
        while (_counts.Count > limit)
        {
            _mask = (1UL << ++_bits) - 1;
            foreach (var dropped in _counts.Keys.Where(kept => (kept & _mask) != 0).ToArray())
            {
                _counts.Remove(dropped);
            }
        }
    }
}
