using Assay.Transformers.Kernels;

namespace Assay.Transformers.Inference;

/// <summary>A page in use, or kept for a text that begins with the same tokens. A new object for each content: a stale one is never found.</summary>
sealed class CachedPage(KvPage numbers)
{
    public KvPage Numbers => numbers;

    /// <summary>Texts that hold it.</summary>
    public int Users { get; set; }

    /// <summary>What it is found by once it is full; null before.</summary>
    public PrefixKey? Key { get; set; }
}

/// <summary>Sixteen tokens after the page before them (null: at the start of a text).</summary>
readonly struct PrefixKey(CachedPage? before, ReadOnlyMemory<int> tokens) : IEquatable<PrefixKey>
{
    readonly CachedPage? _before = before;
    readonly ReadOnlyMemory<int> _tokens = tokens;

    public bool Equals(PrefixKey other) => ReferenceEquals(_before, other._before) && _tokens.Span.SequenceEqual(other._tokens.Span);

    public override bool Equals(object? obj) => obj is PrefixKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_before is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_before));
        foreach (var token in _tokens.Span)
        {
            hash.Add(token);
        }

        return hash.ToHashCode();
    }
}
