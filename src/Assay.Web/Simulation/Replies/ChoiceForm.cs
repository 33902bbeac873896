using System.Globalization;
using System.Text.Json;
using Assay.Web.Simulation.Http;

namespace Assay.Web.Simulation.Replies;

/// <summary>What chat and completions have in common: one choice in each event.</summary>
/// <param name="prefix">Of the ids.</param>
/// <param name="whole">The object's name of a whole answer.</param>
/// <param name="chunk">The object's name of an event.</param>
/// <param name="model">The model's name.</param>
/// <param name="created">Seconds since 1970.</param>
abstract class ChoiceForm(string prefix, string whole, string chunk, string model, long created) : ReplyForm
{
    readonly byte[] _start = Bytes($"data: {{\"id\":\"{prefix}-");
    readonly byte[] _head = Bytes(string.Create(CultureInfo.InvariantCulture, $"\",\"object\":\"{chunk}\",\"created\":{created},\"model\":\"{Escape(model)}\",\"choices\":["));

    public sealed override void End(Answer answer)
    {
        var start = BeginChoice(answer);
        WriteFinish(answer.Output);
        EndChoice(answer, start, answer.FinishReason);
        if (answer.Ask.IncludeUsage)
        {
            start = BeginEvent(answer);
            answer.Output.Write("],"u8);
            WriteUsage(answer.Output, answer);
            answer.Output.Write("}\n\n"u8);
            answer.Output.EndChunk(start);
        }

        Done(answer.Output);
    }

    public sealed override void WriteWhole(Utf8JsonWriter writer, Answer answer)
    {
        writer.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{prefix}-{answer.Number:x16}"));
        writer.WriteString("object", whole);
        writer.WriteNumber("created", created);
        writer.WriteString("model", model);
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        WriteText(writer, answer);
        writer.WriteString("finish_reason", answer.FinishReason);
        writer.WriteEndObject();
        writer.WriteEndArray();
        WriteUsage(writer, answer);
    }

    /// <summary>What the last choice has in place of a text.</summary>
    protected abstract void WriteFinish(Output output);

    /// <summary>Text and log-probabilities of a whole answer.</summary>
    protected abstract void WriteText(Utf8JsonWriter writer, Answer answer);

    /// <summary>Begins an event with a choice, up to its own members; give the place to <see cref="EndChoice"/>.</summary>
    protected int BeginChoice(Answer answer)
    {
        var start = BeginEvent(answer);
        answer.Output.Write("{\"index\":0,"u8);
        return start;
    }

    protected static void EndChoice(Answer answer, int start, string? finish)
    {
        var output = answer.Output;
        output.Write(finish is null ? ",\"finish_reason\":null}]"u8 : finish == "stop" ? ",\"finish_reason\":\"stop\"}]"u8 : ",\"finish_reason\":\"length\"}]"u8);
        output.Write(answer.Ask.IncludeUsage ? ",\"usage\":null}\n\n"u8 : "}\n\n"u8);
        output.EndChunk(start);
    }

    int BeginEvent(Answer answer)
    {
        var output = answer.Output;
        var start = output.BeginChunk();
        output.Write(_start);
        output.WriteHex(answer.Number);
        output.Write(_head);
        return start;
    }
}
