using System.Buffers.Binary;
using System.Text.Json;

namespace Assay;

// The container format of https://github.com/huggingface/safetensors: the header's length in eight bytes (little-endian), the header as
// JSON, the tensors' bytes. Read here once for the models of ours and for those of others.
sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsEntry> Tensors, long DataStart)
{
    public const string MetadataKey = "__metadata__";

    // The format's own bound; a longer header is a damaged length.
    public const int Longest = 100_000_000;

    static readonly JsonDocumentOptions _json = new() { AllowDuplicateProperties = false };

    // 'start' holds the first bytes of a file, at least the header where the file is whole. Throws FormatException that says what is wrong.
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> start, long fileLength)
    {
        var length = start.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(start.Span);
        if (fileLength < sizeof(ulong) || length > (ulong)(fileLength - sizeof(ulong)))
        {
            throw new FormatException("its header is longer than the file");
        }

        if (length > Longest)
        {
            throw new FormatException($"its header of {length} bytes is longer than the format allows ({Longest})");
        }

        try
        {
            using var header = JsonDocument.Parse(start.Slice(sizeof(ulong), (int)length), _json);
            return Read(header.RootElement, sizeof(ulong) + (long)length, fileLength);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("its header is not that of a safetensors file", e);
        }
    }

    static SafetensorsHeader Read(JsonElement header, long dataStart, long fileLength)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new List<SafetensorsEntry>();
        foreach (var property in header.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                foreach (var entry in property.Value.EnumerateObject())
                {
                    metadata[entry.Name] = entry.Value.GetString() ?? "";
                }
            }
            else
            {
                tensors.Add(SafetensorsEntry.Read(property.Name, property.Value, fileLength - dataStart));
            }
        }

        CheckOverlap(tensors);
        return new SafetensorsHeader(metadata, tensors, dataStart);
    }

    static void CheckOverlap(List<SafetensorsEntry> tensors)
    {
        SafetensorsEntry? before = null;
        foreach (var tensor in tensors.Where(tensor => tensor.End > tensor.Start).OrderBy(tensor => tensor.Start))
        {
            if (before is not null && tensor.Start < before.End)
            {
                throw new FormatException($"the bytes of the tensors '{before.Name}' and '{tensor.Name}' overlap");
            }

            before = tensor;
        }
    }
}
