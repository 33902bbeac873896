using System.Text.Json;
using Assay.Web.Simulation.Http;

namespace Assay.Web.Simulation.Replies;

/// <summary><c>/v1/completions</c>.</summary>
sealed class CompletionForm(string model, long created) : ChoiceForm("cmpl", "text_completion", "text_completion", model, created)
{
    // There is no role to tell.
    public override void Begin(Answer answer)
    {
    }

    public override void Tokens(Answer answer, int from, int count)
    {
        var (start, output) = (BeginChoice(answer), answer.Output);
        output.Write("\"text\":\""u8);
        Words.Write(output, from, count);
        output.Write("\",\"logprobs\":"u8);
        if (answer.Ask.LogProbs is { } top)
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

    protected override void WriteFinish(Output output) => output.Write("\"text\":\"\",\"logprobs\":null"u8);

    protected override void WriteText(Utf8JsonWriter writer, Answer answer)
    {
        writer.WriteString("text", Words.Text(0, answer.Written));
        writer.WritePropertyName("logprobs");
        if (answer.Ask.LogProbs is { } top)
        {
            WriteScores(writer, 0, answer.Written, top);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    static void WriteScores(Utf8JsonWriter writer, int from, int count, int top)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tokens");
        for (var i = from; i < from + count; i++)
        {
            writer.WriteStringValue(Words.Of(i));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("token_logprobs");
        for (var i = from; i < from + count; i++)
        {
            writer.WriteNumberValue(Words.LogProbability(i, 0));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("top_logprobs");
        for (var i = from; i < from + count; i++)
        {
            writer.WriteStartObject();
            for (var other = 0; other < Math.Max(1, top); other++)
            {
                writer.WriteNumber(Words.Of(i + other), Words.LogProbability(i, other));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("text_offset");
        var offset = Enumerable.Range(0, from).Sum(i => Words.Of(i).Length);
        for (var i = from; i < from + count; i++)
        {
            writer.WriteNumberValue(offset);
            offset += Words.Of(i).Length;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
