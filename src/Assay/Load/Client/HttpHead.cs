using System.Buffers.Text;
using System.Text;

namespace Assay.Load.Client;

/// <summary>What the head of an answer says of its body.</summary>
/// <param name="Status">100 to 999.</param>
/// <param name="Length">Null where it is not told.</param>
/// <param name="IsChunked">The body comes in chunks; a length does not count then.</param>
/// <param name="Closes">The connection is not to be used again.</param>
/// <param name="IsEventStream">The body is <c>text/event-stream</c>.</param>
readonly record struct HttpHead(int Status, long? Length, bool IsChunked, bool Closes, bool IsEventStream)
{
    /// <summary>Interim answers, and those that have no body by their status.</summary>
    public bool HasNoBody => Status is < 200 or 204 or 304;

    /// <summary>Where the head ends and the body begins; -1 when the end is not there yet. Lines may end in LF alone.</summary>
    public static int End(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf((byte)'\n'); at >= 0;)
        {
            var rest = bytes[(at + 1)..];
            if (rest.StartsWith("\n"u8) || rest.StartsWith("\r\n"u8))
            {
                return at + (rest[0] == '\n' ? 2 : 3);
            }

            var next = rest.IndexOf((byte)'\n');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return -1;
    }

    /// <summary>Null for what is no head of HTTP/1.</summary>
    public static HttpHead? Read(ReadOnlySpan<byte> bytes)
    {
        var line = Line(ref bytes);
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[8] != ' '
            || !Utf8Parser.TryParse(line[9..12], out int status, out var digits) || digits != 3 || status < 100)
        {
            return null;
        }

        var head = new HttpHead(status, null, false, line[7] == '0', false);
        while (!(line = Line(ref bytes)).IsEmpty)
        {
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || head.With(line[..colon], line[(colon + 1)..].Trim(" \t"u8)) is not { } next)
            {
                return null;
            }

            head = next;
        }

        return head;
    }

    HttpHead? With(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
        {
            return Utf8Parser.TryParse(value, out long length, out var used) && used == value.Length && length >= 0 && (Length ?? length) == length
                ? this with { Length = length }
                : null;
        }

        if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
        {
            // We ask for no compression, so that chunks are all there can be.
            return Ascii.EqualsIgnoreCase(value, "chunked"u8) ? this with { IsChunked = true }
                : Ascii.EqualsIgnoreCase(value, "identity"u8) ? this : null;
        }

        if (Ascii.EqualsIgnoreCase(name, "connection"u8))
        {
            return this with { Closes = Ascii.EqualsIgnoreCase(value, "close"u8) || (Closes && !Ascii.EqualsIgnoreCase(value, "keep-alive"u8)) };
        }

        const int TypeLength = 17;
        return Ascii.EqualsIgnoreCase(name, "content-type"u8)
            ? this with { IsEventStream = value.Length >= TypeLength && Ascii.EqualsIgnoreCase(value[..TypeLength], "text/event-stream"u8) }
            : this;
    }

    static ReadOnlySpan<byte> Line(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var line = end < 0 ? bytes : bytes[..end];
        bytes = end < 0 ? [] : bytes[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
