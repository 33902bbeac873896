using System.Collections.Immutable;

namespace Assay.Transformers;

/// <summary>A tensor where its file is mapped; valid until the <see cref="WeightFile"/> is disposed. At most 2 GiB.</summary>
public sealed unsafe class WeightTensor
{
    internal WeightTensor(string name, WeightType type, ImmutableArray<int> shape, byte* address, int length)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Address = address;
        Length = length;
    }

    /// <summary>As the file spells it: <c>model.layers.0.mlp.up_proj.weight</c>.</summary>
    public string Name { get; }

    /// <summary>How its numbers are stored.</summary>
    public WeightType Type { get; }

    /// <summary>Sizes, the slowest first: a matrix is outputs x inputs, row by row.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The stored numbers; they need not be aligned.</summary>
    public ReadOnlySpan<byte> Bytes => new(Address, Length);

    internal byte* Address { get; }

    internal int Length { get; }
}
