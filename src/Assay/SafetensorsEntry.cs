using System.Globalization;
using System.Text.Json;

namespace Assay;

// One tensor of a safetensors header. Start and End count bytes from the header's end; they lie inside the file.
sealed record SafetensorsEntry(string Name, string Type, int[] Shape, long Start, long End)
{
    public static SafetensorsEntry Read(string name, JsonElement entry, long dataLength)
    {
        var type = entry.GetProperty("dtype").GetString() ?? "";
        var shape = Array.ConvertAll(Numbers(name, entry, "shape"), size =>
            size is >= 0 and <= int.MaxValue ? (int)size : throw new FormatException($"the shape of tensor '{name}' has the size {size}"));
        var offsets = Numbers(name, entry, "data_offsets");
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0])
        {
            throw new FormatException($"tensor '{name}' has no range of bytes in 'data_offsets'");
        }

        if (offsets[1] > dataLength)
        {
            throw new FormatException($"it ends before the numbers of tensor '{name}' do: {dataLength} bytes of data, {offsets[1]} expected");
        }

        return new SafetensorsEntry(name, type, shape, offsets[0], offsets[1]);
    }

    // Throws FormatException where type and shape do not make up the bytes.
    public void CheckSize()
    {
        var expected = Shape.Aggregate((Int128)SizeOf(Type), (product, size) => product * size);
        if (SizeOf(Type) != 0 && expected != End - Start)
        {
            throw new FormatException(
                $"tensor '{Name}' of {Type} [{string.Join(", ", Shape)}] needs {expected.ToString(CultureInfo.InvariantCulture)} bytes and has {End - Start}");
        }
    }

    // Bytes of one number; 0 where the type is not known here (whoever uses the tensor refuses it).
    static int SizeOf(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 1,
        _ => 0,
    };

    static long[] Numbers(string name, JsonElement entry, string key) => [.. entry.GetProperty(key).EnumerateArray().Select(number =>
        number.TryGetInt64(out var whole) ? whole : throw new FormatException($"'{key}' of tensor '{name}' holds {number.GetRawText()}, which is no whole number"))];
}
