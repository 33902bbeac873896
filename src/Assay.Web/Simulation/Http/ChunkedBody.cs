using System.Buffers.Text;

namespace Assay.Web.Simulation.Http;

/// <summary>Joins the chunks of a request's body, in place.</summary>
static class ChunkedBody
{
    /// <summary>Null as long as the last chunk is not there; else the body's length, now at the start of the bytes, and the bytes read.</summary>
    /// <exception cref="InvalidDataException">They are not chunks.</exception>
    public static (int Length, int Read)? Join(Span<byte> bytes) =>
        // First look, then move: a body that is not whole yet is read again later.
        Walk(bytes, moves: false) is null ? null : Walk(bytes, moves: true);

    static (int Length, int Read)? Walk(Span<byte> bytes, bool moves)
    {
        var (at, length) = (0, 0);
        while (true)
        {
            var line = bytes[at..].IndexOf("\r\n"u8);
            if (line < 0)
            {
                return null;
            }

            if (!Utf8Parser.TryParse(bytes.Slice(at, line), out int size, out var digits, 'x') || size < 0 || (digits < line && bytes[at + digits] is not ((byte)';' or (byte)' ')))
            {
                throw new InvalidDataException("the size of a chunk is no number");
            }

            at += line + 2;
            if (size == 0)
            {
                return Trailer(bytes[at..]) is { } trailer ? (length, at + trailer) : null;
            }

            if (bytes.Length - at - 2 < size)
            {
                return null;
            }

            if (moves)
            {
                bytes.Slice(at, size).CopyTo(bytes[length..]);
            }

            (length, at) = (length + size, at + size + 2);
        }
    }

    static int? Trailer(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\r\n"u8) ? 2
        : bytes.IndexOf("\r\n\r\n"u8) is var end and >= 0 ? end + 4
        : null;
}
