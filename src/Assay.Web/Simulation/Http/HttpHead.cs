using System.Buffers.Text;
using System.Text;

namespace Assay.Web.Simulation.Http;

/// <summary>The head of a request, as far as the simulator heeds it.</summary>
readonly record struct HttpHead
{
    public const int Longest = 32 * 1024;

    public required string Method { get; init; }

    /// <summary>Without the query.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes of the head, its blank line included.</summary>
    public required int Length { get; init; }

    /// <summary>0 without a body.</summary>
    public long ContentLength { get; init; }

    /// <summary>The body comes in chunks.</summary>
    public bool IsChunked { get; init; }

    /// <summary>HTTP/1.0: no chunks in the answer.</summary>
    public bool IsOld { get; init; }

    /// <summary>The connection ends with the answer.</summary>
    public bool Closes { get; init; }

    /// <summary>The client waits for leave to send the body.</summary>
    public bool Expects { get; init; }

    /// <summary>Of <c>x-request-id</c>; null without it.</summary>
    public string? RequestId { get; init; }

    /// <summary>Null as long as the head is not whole.</summary>
    /// <exception cref="InvalidDataException">It is not HTTP/1.</exception>
    public static HttpHead? Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return bytes.Length < Longest ? null : throw new InvalidDataException("the head is too long");
        }

        var lines = bytes[..end];
        var head = RequestLine(NextLine(ref lines)) with { Length = end + 4 };
        while (lines.Length > 0)
        {
            var line = NextLine(ref lines);
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                throw new InvalidDataException("a header has no name");
            }

            head = Header(head, line[..colon], line[(colon + 1)..].Trim((byte)' '));
        }

        return head;
    }

    static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> lines)
    {
        var end = lines.IndexOf("\r\n"u8);
        var line = end < 0 ? lines : lines[..end];
        lines = end < 0 ? default : lines[(end + 2)..];
        return line;
    }

    static HttpHead RequestLine(ReadOnlySpan<byte> line)
    {
        var (first, last) = (line.IndexOf((byte)' '), line.LastIndexOf((byte)' '));
        if (first <= 0 || last <= first + 1 || !line[(last + 1)..].StartsWith("HTTP/1."u8))
        {
            throw new InvalidDataException("the request line is not HTTP/1");
        }

        var target = line[(first + 1)..last];
        var query = target.IndexOf((byte)'?');
        var isOld = line[^1] == (byte)'0';
        return new HttpHead
        {
            Method = Known(line[..first], "POST", "GET"),
            Path = Known(query < 0 ? target : target[..query], "/v1/chat/completions", "/v1/completions"),
            Length = 0,
            IsOld = isOld,
            Closes = isOld,
        };
    }

    // No new text for what is said a hundred thousand times.
    static string Known(ReadOnlySpan<byte> text, string first, string second) =>
        Ascii.Equals(text, first) ? first : Ascii.Equals(text, second) ? second : Encoding.Latin1.GetString(text);

    static HttpHead Header(HttpHead head, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length switch
    {
        14 when Is(name, "content-length"u8) => Utf8Parser.TryParse(value, out long length, out var read) && read == value.Length && length >= 0
            ? head with { ContentLength = length }
            : throw new InvalidDataException("the content length is no number"),
        17 when Is(name, "transfer-encoding"u8) => Is(value, "chunked"u8) ? head with { IsChunked = true } : throw new InvalidDataException("the transfer encoding is not known"),
        10 when Is(name, "connection"u8) => head with { Closes = Is(value, "close"u8) || (head.IsOld && !Is(value, "keep-alive"u8)) },
        6 when Is(name, "expect"u8) => head with { Expects = Is(value, "100-continue"u8) },
        12 when Is(name, "x-request-id"u8) => head with { RequestId = Encoding.UTF8.GetString(value) },
        _ => head,
    };

    static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) => Ascii.EqualsIgnoreCase(text, lower);
}
