using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Learning;

// The container format of https://github.com/huggingface/safetensors, float32 only: the header's length in eight bytes (little-endian),
// the header as JSON, the tensors one after the other.
static class Safetensors
{
    const string MetadataKey = "__metadata__";

    public static byte[] ToBytes(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors)
    {
        var header = new JsonObject { [MetadataKey] = JsonSerializer.SerializeToNode(metadata) };
        var offset = 0;
        foreach (var tensor in tensors)
        {
            var end = offset + (tensor.Values.Length * sizeof(float));
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = JsonSerializer.SerializeToNode(tensor.Shape),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        // Padded with spaces, so that the numbers stand at a multiple of eight.
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var start = sizeof(ulong) + ((json.Length + 7) / 8 * 8);
        var bytes = new byte[start + offset];
        bytes.AsSpan(0, start).Fill((byte)' ');
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(start - sizeof(ulong)));
        json.CopyTo(bytes.AsSpan(sizeof(ulong)));
        foreach (var value in tensors.SelectMany(tensor => tensor.Values))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(start), value);
            start += sizeof(float);
        }

        return bytes;
    }

    // Throws FormatException that says what is wrong.
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, NamedTensor> Tensors) Parse(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)Math.Max(0, bytes.Length - sizeof(ulong)))
        {
            throw new FormatException("its header is longer than the file");
        }

        try
        {
            var header = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(bytes.Slice(sizeof(ulong), (int)length)) ?? [];
            var data = bytes[(sizeof(ulong) + (int)length)..];
            var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
            foreach (var (name, entry) in header)
            {
                if (name != MetadataKey)
                {
                    tensors[name] = Read(name, entry, data);
                }
            }

            var metadata = header.TryGetValue(MetadataKey, out var found) ? found.Deserialize<Dictionary<string, string>>() : null;
            return (metadata ?? [], tensors);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("its header is not that of a safetensors file", e);
        }
    }

    static NamedTensor Read(string name, JsonElement entry, ReadOnlySpan<byte> data)
    {
        var shape = entry.GetProperty("shape").Deserialize<int[]>() ?? [];
        var offsets = entry.GetProperty("data_offsets").Deserialize<long[]>() ?? [];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        if (entry.GetProperty("dtype").GetString() != "F32" || offsets.Length != 2 || shape.Any(size => size < 0))
        {
            throw new FormatException($"tensor '{name}' is not one of float32");
        }

        if (offsets[0] < 0 || offsets[1] > data.Length || (offsets[1] - offsets[0]) % sizeof(float) != 0 || (offsets[1] - offsets[0]) / sizeof(float) != count)
        {
            throw new FormatException($"it ends before the numbers of tensor '{name}' do");
        }

        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(data[((int)offsets[0] + (i * sizeof(float)))..]);
        }

        return new NamedTensor(name, shape, values);
    }
}
