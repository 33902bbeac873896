using System.Text.Json;

namespace Assay.Transformers.Reading;

// A JSON object in a file of a model folder.
static class JsonFile
{
    public static JsonDocument Read(string path) => Parse(Bytes(path), path);

    public static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the file cannot be read ({e.Message.TrimEnd('.')}). A file of a Hugging Face model folder is expected. Check the path.", e);
        }
    }

    public static JsonDocument Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            var start = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
            var document = JsonDocument.Parse(json[start..]);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new JsonException($"it holds {document.RootElement.ValueKind}, not an object");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{name}: the file is no whole JSON file: {e.Message.TrimEnd('.')}. A JSON object is expected. Download it again.", e);
        }
    }
}
