using Assay.Web.Serving.OpenAI;
using Assay.Web.Simulation.Faults;
using Assay.Web.Simulation.Http;
using Assay.Web.Simulation.Replies;

namespace Assay.Web.Simulation.Pacing;

/// <summary>Turns tokens that were made into bytes of the answer, and makes the faults within it.</summary>
static class Delivery
{
    static readonly TimeSpan _slow = TimeSpan.FromSeconds(1);

    /// <summary>Writes what can be written to the answer's output; gives the number of chunks with tokens.</summary>
    public static int Render(Answer answer, int chunkTokens)
    {
        var before = answer.Chunks;
        while (!answer.IsDone && !answer.IsHeld)
        {
            if (IsFaultDue(answer))
            {
                Break(answer);
            }
            else if (answer.Pending >= chunkTokens || (answer.IsMade && answer.Pending > 0))
            {
                Tokens(answer, chunkTokens);
            }
            else
            {
                break;
            }
        }

        return answer.Chunks - before;
    }

    /// <summary>How long a fault holds the answer that it now holds; null for good.</summary>
    public static TimeSpan? Hold(Answer answer) => answer.Fault!.Time ?? (answer.Fault.Kind == FaultKind.SlowFirst ? _slow : null);

    /// <summary>The head of a stream and its first event; once.</summary>
    public static void Begin(Answer answer)
    {
        if (!answer.IsBegun)
        {
            answer.IsBegun = true;
            ReplyHead(answer.Connection);
            answer.Form.Begin(answer);
        }
    }

    static void ReplyHead(Connection connection)
    {
        connection.Output.Write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"u8);
        connection.Output.Write(connection.Head.Closes ? "Connection: close\r\n"u8 : ""u8);
        connection.Output.Write(connection.Output.IsChunked ? "Transfer-Encoding: chunked\r\n\r\n"u8 : "\r\n"u8);
    }

    static bool IsFaultDue(Answer answer) => !answer.IsFaultPast && answer.Fault is { } fault
        && fault.Kind is FaultKind.Stall or FaultKind.SlowFirst or FaultKind.Cut or FaultKind.CutClean or FaultKind.ErrorInStream
        && (answer.Ask.Stream ? answer.Chunks == fault.Chunks : answer.IsMade);

    static void Break(Answer answer)
    {
        var fault = answer.Fault!;
        answer.IsFaultPast = true;
        if (fault.Kind is FaultKind.Stall or FaultKind.SlowFirst)
        {
            answer.IsHeld = true;
            return;
        }

        (answer.IsDone, answer.Outcome) = (true, fault.Name);
        answer.IsCut = fault.Kind == FaultKind.Cut;
        if (!answer.Ask.Stream)
        {
            BreakWhole(answer, fault.Kind);
        }
        else if (fault.Kind != FaultKind.Cut)
        {
            Begin(answer);
            if (fault.Kind == FaultKind.ErrorInStream)
            {
                answer.Form.Error(answer);
            }

            answer.Output.EndBody();
        }
    }

    // Half of the body, or an error under status 200.
    static void BreakWhole(Answer answer, FaultKind kind)
    {
        if (kind == FaultKind.ErrorInStream)
        {
            PlainReply.Problem(answer.Connection, 200, new ApiProblem(500, "server_error", "The engine failed.", code: "internal_error"));
            return;
        }

        answer.IsCut = true;
        answer.Output.Write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":\"cut\",\"choices\":["u8);
    }

    static void Tokens(Answer answer, int chunkTokens)
    {
        if (!answer.Ask.Stream)
        {
            if (!answer.IsMade)
            {
                answer.Written += answer.Pending;
                answer.Pending = 0;
                return;
            }

            (answer.Written, answer.Pending, answer.Chunks, answer.IsDone) = (answer.Written + answer.Pending, 0, 1, true);
            PlainReply.Json(answer.Connection, 200, writer => answer.Form.WriteWhole(writer, answer));
            return;
        }

        Begin(answer);
        var count = Math.Min(chunkTokens, answer.Pending);
        answer.Form.Tokens(answer, answer.Written, count);
        (answer.Written, answer.Pending, answer.Chunks) = (answer.Written + count, answer.Pending - count, answer.Chunks + 1);
        if (answer.IsMade && answer.Pending == 0)
        {
            answer.Form.End(answer);
            answer.Output.EndBody();
            answer.IsDone = true;
        }
    }
}
