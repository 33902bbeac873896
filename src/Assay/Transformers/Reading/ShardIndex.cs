using System.Collections.Immutable;
using System.Text.Json;

namespace Assay.Transformers.Reading;

// model.safetensors.index.json: {"weight_map": {"tensor's name": "file beside the index"}}.
static class ShardIndex
{
    public static ImmutableArray<MappedBytes> Open(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "";
        var opened = ImmutableArray.CreateBuilder<MappedBytes>();
        try
        {
            foreach (var file in Files(path))
            {
                opened.Add(MappedBytes.OfFile(Path.Combine(folder, file)));
            }

            return opened.ToImmutable();
        }
        catch
        {
            foreach (var part in opened)
            {
                part.Dispose();
            }

            throw;
        }
    }

    static string[] Files(string path)
    {
        using var index = JsonFile.Read(path);
        if (!index.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
        {
            throw new UserErrorException($"{path}: 'weight_map' is missing. The index of a sharded model is expected, which names the file of each tensor. Download it again.");
        }

        var files = map.EnumerateObject().Select(entry => entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "").Distinct().ToArray();
        return Array.Find(files, file => file.Length == 0 || file != Path.GetFileName(file)) is { } wrong
            ? throw new UserErrorException($"{path}: 'weight_map' names the file '{wrong}'. The name of a file beside the index is expected. Download it again.")
            : files;
    }
}
