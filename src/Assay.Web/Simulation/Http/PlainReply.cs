using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Web.Serving.OpenAI;

namespace Assay.Web.Simulation.Http;

/// <summary>Answers that are there at once, with their length.</summary>
static class PlainReply
{
    public const string JsonType = "application/json";

    public static void Bytes(Connection connection, int status, string type, ReadOnlySpan<byte> body, string? header = null)
    {
        var (closes, isHead) = (connection.Head.Closes ? "Connection: close\r\n" : "", connection.Head.Method == "HEAD");
        connection.Output.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {Phrase(status)}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{closes}{header}\r\n")));
        if (!isHead)
        {
            connection.Output.Write(body);
        }
    }

    public static void Json(Connection connection, int status, Action<Utf8JsonWriter> members, string? header = null)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(body, ApiJson.WriterOptions))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        Bytes(connection, status, JsonType, body.WrittenSpan, header);
    }

    public static void Problem(Connection connection, int status, ApiProblem problem)
    {
        var wait = problem.RetryAfter is { } time ? string.Create(CultureInfo.InvariantCulture, $"Retry-After: {Math.Max(1, (long)Math.Ceiling(time.TotalSeconds))}\r\n") : null;
        Json(connection, status, writer => ApiJson.WriteProblem(writer, problem), wait);
    }

    static string Phrase(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        _ => "Internal Server Error",
    };
}
