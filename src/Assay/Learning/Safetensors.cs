using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Learning;

// Models of ours as safetensors files (SafetensorsHeader), float32 only, the tensors one after the other.
static class Safetensors
{
    public static byte[] ToBytes(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedTensor> tensors)
    {
        var header = new JsonObject { [SafetensorsHeader.MetadataKey] = JsonSerializer.SerializeToNode(metadata) };
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
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, NamedTensor> Tensors) Parse(ReadOnlyMemory<byte> bytes)
    {
        var header = SafetensorsHeader.Parse(bytes, bytes.Length);
        var data = bytes.Span[(int)header.DataStart..];
        var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
        foreach (var entry in header.Tensors)
        {
            tensors[entry.Name] = Read(entry, data);
        }

        return (header.Metadata, tensors);
    }

    static NamedTensor Read(SafetensorsEntry entry, ReadOnlySpan<byte> data)
    {
        if (entry.Type != "F32")
        {
            throw new FormatException($"tensor '{entry.Name}' is not one of float32");
        }

        entry.CheckSize();
        var bytes = data[(int)entry.Start..(int)entry.End];
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return new NamedTensor(entry.Name, entry.Shape, values);
    }
}
