using System.Text.Json;

namespace Assay.Web.Serving.OpenAI;

/// <summary>What every answer and every chunk of a stream begins with.</summary>
sealed record ReplyHead(string Id, long Created, string Model)
{
    public void Write(Utf8JsonWriter writer, string kind)
    {
        writer.WriteString("id", Id);
        writer.WriteString("object", kind);
        writer.WriteNumber("created", Created);
        writer.WriteString("model", Model);
    }
}
