using System.Text.Json;

namespace Assay.Web.Simulation.Replies;

/// <summary><c>/v1/embeddings</c>: unit vectors that depend on the request's number of tokens and the input's place only.</summary>
sealed class EmbeddingForm(string model) : ReplyForm
{
    const int DefaultDimensions = 64;

    // Never streamed.
    public override void Begin(Answer answer)
    {
    }

    public override void Tokens(Answer answer, int from, int count)
    {
    }

    public override void End(Answer answer)
    {
    }

    public override void WriteWhole(Utf8JsonWriter writer, Answer answer)
    {
        writer.WriteString("object", "list");
        writer.WriteString("model", model);
        writer.WriteStartArray("data");
        for (var i = 0; i < answer.Ask.Inputs; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object", "embedding");
            writer.WriteNumber("index", i);
            WriteVector(writer, Vector(answer.Ask.Dimensions ?? DefaultDimensions, (ulong)(answer.PromptTokens + i)), answer.Ask.IsBase64);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", answer.PromptTokens);
        writer.WriteNumber("total_tokens", answer.PromptTokens);
        writer.WriteEndObject();
    }

    static float[] Vector(int dimensions, ulong seed)
    {
        var random = new SeededRandom(seed);
        var values = Enumerable.Range(0, dimensions).Select(_ => random.NextNormal()).ToArray();
        var length = Math.Sqrt(values.Sum(value => value * value));
        return Array.ConvertAll(values, value => (float)(value / length));
    }

    static void WriteVector(Utf8JsonWriter writer, float[] vector, bool isBase64)
    {
        if (isBase64)
        {
            writer.WriteBase64String("embedding", System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector));
            return;
        }

        writer.WriteStartArray("embedding");
        foreach (var value in vector)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }
}
