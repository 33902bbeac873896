namespace Assay.Transformers.Kernels;

/// <summary>Keys and values of sixteen tokens of one text, all layers.</summary>
sealed class KvPage(KvShape shape)
{
    readonly AlignedFloats _numbers = new(shape.PageLength);

    public Span<float> Numbers => _numbers.Span;

    // What is masked is multiplied by zero: it must be finite, whoever had the page before.
    public void Clear() => Numbers.Clear();

    public void Write(int layer, int head, int slot, ReadOnlySpan<float> key, ReadOnlySpan<float> value)
    {
        var keys = Numbers[shape.Keys(layer, head)..];
        for (var i = 0; i < key.Length; i++)
        {
            keys[(i * KvShape.PageTokens) + slot] = key[i];
        }

        value.CopyTo(Numbers[(shape.Values(layer, head) + (slot * shape.Stride))..]);
    }
}
