using System.Collections.Immutable;
using Assay.Transformers.Reading;

namespace Assay.Transformers;

/// <summary>
/// The weights of a model: one safetensors file or several with an index, memory-mapped, so that opening reads the headers only and the
/// numbers stay where the operating system caches them. Thread-safe. The file must not change while it is open.
/// </summary>
public sealed class WeightFile : IDisposable
{
    readonly ImmutableArray<MappedBytes> _parts;
    readonly Dictionary<string, (MappedBytes Part, SafetensorsEntry Entry, long DataStart)> _tensors = new(StringComparer.Ordinal);

    WeightFile(string name, ImmutableArray<MappedBytes> parts)
    {
        Name = name;
        _parts = parts;
        try
        {
            foreach (var part in parts)
            {
                Add(part);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What messages call it: the path of the file or of the index.</summary>
    public string Name { get; }

    /// <summary>The tensors' names, in no order.</summary>
    public IReadOnlyCollection<string> TensorNames => _tensors.Keys;

    /// <summary>Bytes of all files together.</summary>
    public long Length => _parts.Sum(part => part.Length);

    /// <summary>Opens <c>model.safetensors</c>, or the files that a <c>model.safetensors.index.json</c> names.</summary>
    /// <exception cref="UserErrorException">A file is missing, cut off or no safetensors file; the message says which and how.</exception>
    public static WeightFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? new WeightFile(path, ShardIndex.Open(path))
            : new WeightFile(path, [MappedBytes.OfFile(path)]);
    }

    internal static WeightFile OfResource(string name, Stream resource) => new(name, [MappedBytes.OfResource(name, resource)]);

    /// <summary>Whether there is a tensor of this name.</summary>
    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>The tensor of this name.</summary>
    /// <exception cref="UserErrorException">There is none, it is not F32, F16 or BF16, or it is larger than 2 GiB.</exception>
    public unsafe WeightTensor Find(string name)
    {
        if (!_tensors.TryGetValue(name, out var found))
        {
            throw new UserErrorException($"{Name}: there is no tensor '{name}'.{NearestName.Hint(name, _tensors.Keys)} The model's config.json calls for it. Use config and weights of the same model.");
        }

        var (part, entry, dataStart) = found;
        if (!Enum.TryParse<WeightType>(entry.Type, out var type) || !Enum.IsDefined(type))
        {
            throw new UserErrorException($"{part.Name}: tensor '{name}' is stored as {entry.Type}. F32, F16 or BF16 is expected. Use unquantized weights.");
        }

        var length = entry.End - entry.Start;
        return length <= int.MaxValue
            ? new WeightTensor(name, type, [.. entry.Shape], part.Address + dataStart + entry.Start, (int)length)
            : throw new UserErrorException($"{part.Name}: tensor '{name}' has {length} bytes. At most {int.MaxValue} are expected. Use a smaller model, or weights of 16 bits.");
    }

    /// <summary>The tensor of this name and shape.</summary>
    /// <exception cref="UserErrorException">As <see cref="Find(string)"/>, or its shape is another.</exception>
    public WeightTensor Find(string name, params ReadOnlySpan<int> shape)
    {
        var tensor = Find(name);
        return tensor.Shape.AsSpan().SequenceEqual(shape) ? tensor : throw new UserErrorException(
            $"{Name}: tensor '{name}' has the shape [{string.Join(", ", tensor.Shape)}]. [{string.Join(", ", shape.ToArray())}] is expected by config.json. Use config and weights of the same model.");
    }

    /// <summary>Unmaps the files. Tensors that were found must not be used after it.</summary>
    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.Dispose();
        }
    }

    unsafe void Add(MappedBytes part)
    {
        try
        {
            using var start = new UnmanagedBytes(part.Address, (int)Math.Min(part.Length, SafetensorsHeader.Longest + (long)sizeof(ulong)));
            var header = SafetensorsHeader.Parse(start.Memory, part.Length);
            foreach (var entry in header.Tensors)
            {
                entry.CheckSize();
                _tensors[entry.Name] = (part, entry, header.DataStart);
            }
        }
        catch (FormatException e)
        {
            throw new UserErrorException($"{part.Name}: the file is no whole safetensors file: {e.Message}. Copy or download it again.", e);
        }
    }
}
