using System.Text.Json;
using Assay.Web.Simulation.Http;

namespace Assay.Web.Simulation.Replies;

/// <summary><c>/v1/chat/completions</c>. The first tokens may be reasoning.</summary>
sealed class ChatForm(string model, long created, int reasoningTokens) : ChoiceForm("chatcmpl", "chat.completion", "chat.completion.chunk", model, created)
{
    public override void Begin(Answer answer)
    {
        var start = BeginChoice(answer);
        answer.Output.Write("\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null"u8);
        EndChoice(answer, start, null);
    }

    public override void Tokens(Answer answer, int from, int count)
    {
        // A chunk is of one sort.
        var reasoning = Math.Clamp(reasoningTokens - from, 0, count);
        if (reasoning > 0)
        {
            Delta(answer, "\"delta\":{\"reasoning_content\":\""u8, from, reasoning);
        }

        if (count > reasoning)
        {
            Delta(answer, "\"delta\":{\"content\":\""u8, from + reasoning, count - reasoning);
        }
    }

    protected override void WriteFinish(Output output) => output.Write("\"delta\":{},\"logprobs\":null"u8);

    protected override void WriteText(Utf8JsonWriter writer, Answer answer)
    {
        var reasoning = Math.Min(reasoningTokens, answer.Written);
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        writer.WriteString("content", Words.Text(reasoning, answer.Written - reasoning));
        if (reasoning > 0)
        {
            writer.WriteString("reasoning_content", Words.Text(0, reasoning));
        }

        writer.WriteNull("refusal");
        writer.WriteEndObject();
        if (answer.Ask.LogProbs is { } top)
        {
            writer.WritePropertyName("logprobs");
            WriteScores(writer, reasoning, answer.Written - reasoning, top);
        }
        else
        {
            writer.WriteNull("logprobs");
        }
    }

    void Delta(Answer answer, ReadOnlySpan<byte> member, int from, int count)
    {
        var (start, output) = (BeginChoice(answer), answer.Output);
        output.Write(member);
        Words.Write(output, from, count);
        output.Write("\"},\"logprobs\":"u8);
        if (answer.Ask.LogProbs is { } top && from >= reasoningTokens)
        {
            using var writer = new Utf8JsonWriter(output);
            WriteScores(writer, from, count, top);
        }
        else
        {
            output.Write("null"u8);
        }

        EndChoice(answer, start, null);
    }

    static void WriteScores(Utf8JsonWriter writer, int from, int count, int top)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("content");
        for (var i = from; i < from + count; i++)
        {
            writer.WriteStartObject();
            WriteScore(writer, i, 0);
            writer.WriteStartArray("top_logprobs");
            for (var other = 0; other < top; other++)
            {
                writer.WriteStartObject();
                WriteScore(writer, i, other);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteScore(Utf8JsonWriter writer, int index, int alternative)
    {
        var text = Words.Of(index + alternative);
        writer.WriteString("token", text);
        writer.WriteNumber("logprob", Words.LogProbability(index, alternative));
        writer.WriteStartArray("bytes");
        foreach (var value in text)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }
}
