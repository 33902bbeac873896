using System.Text;
using System.Text.Json;
using Assay.Web.Simulation.Http;
using Assay.Web.Simulation.Replies;

namespace Assay.Web.Simulation.Truths;

/// <summary>One answer as a line of JSON. Times are seconds of the monotonic clock, with 9 digits; null for what never was.</summary>
static class TruthLine
{
    public static void Write(Output lines, Answer answer)
    {
        lines.Write("{\"id\":"u8);
        lines.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(answer.RequestId)));
        Time(lines, ",\"arrived\":"u8, answer.Arrived);
        Time(lines, ",\"first_due\":"u8, answer.FirstDue);
        Time(lines, ",\"first_written\":"u8, answer.FirstWritten);
        Time(lines, ",\"last_written\":"u8, answer.LastWritten);
        Number(lines, ",\"chunks\":"u8, answer.Chunks);
        Number(lines, ",\"tokens\":"u8, answer.Written);
        Number(lines, ",\"prompt_tokens\":"u8, answer.PromptTokens);
        Number(lines, ",\"cached_tokens\":"u8, answer.CachedTokens);
        lines.Write(",\"outcome\":\""u8);
        lines.Write(Encoding.ASCII.GetBytes(answer.Outcome));
        lines.Write("\",\"fault\":"u8);
        lines.Write(Encoding.ASCII.GetBytes(answer.Fault is { } fault ? $"\"{fault.Name}\"" : "null"));
        lines.Write("}\n"u8);
    }

    static void Number(Output lines, ReadOnlySpan<byte> name, long number)
    {
        lines.Write(name);
        lines.Write(number);
    }

    static void Time(Output lines, ReadOnlySpan<byte> name, long nanoseconds)
    {
        lines.Write(name);
        if (nanoseconds == Answer.Never)
        {
            lines.Write("null"u8);
            return;
        }

        lines.Write(nanoseconds / 1_000_000_000);
        lines.Write("."u8);
        System.Buffers.Text.Utf8Formatter.TryFormat(nanoseconds % 1_000_000_000, lines.GetSpan(9), out var count, new System.Buffers.StandardFormat('D', 9));
        lines.Advance(count);
    }
}
