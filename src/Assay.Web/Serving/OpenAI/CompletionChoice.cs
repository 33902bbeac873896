using System.Text;
using System.Text.Json;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>One of the answers to a completion, as far as it has come.</summary>
sealed class CompletionChoice(int index, CompletionLogProbs? scores)
{
    public StringBuilder Text { get; } = new();

    public CompletionLogProbs? Scores => scores;

    public FinishReason? Finish { get; private set; }

    public int Tokens { get; private set; }

    public void Add(GeneratedToken token)
    {
        Tokens++;
        Finish = token.Finish;
        Text.Append(token.Text);
        scores?.Add(token.Id, token.LogProbability, token.Top);
    }

    public void Write(Utf8JsonWriter writer, string text, FinishReason? finish)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteString("text", text);
        if (scores is null)
        {
            writer.WriteNull("logprobs");
        }
        else
        {
            scores.Write(writer);
        }

        writer.WriteString("finish_reason", finish is null ? null : ApiJson.NameOf(finish));
        writer.WriteEndObject();
    }
}
