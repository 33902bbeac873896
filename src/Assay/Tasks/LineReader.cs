using System.Runtime.CompilerServices;

namespace Assay.Tasks;

/// <summary>Lines as bytes, so that an error in one of them has its exact number. A line may be as long as memory allows.</summary>
static class LineReader
{
    /// <summary>Each line without its end, numbered from 1; the memory is valid until the next one.</summary>
    public static async IAsyncEnumerable<(ReadOnlyMemory<byte> Line, int Number)> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        var (start, end, number) = (0, 0, 0);
        var scanned = 0;
        while (true)
        {
            var length = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                yield return (buffer.AsMemory(start, scanned + length - start), ++number);
                start = scanned = scanned + length + 1;
                continue;
            }

            buffer = MakeRoom(buffer, start, end);
            (start, end) = (0, end - start);
            scanned = end;
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            end += read;
            if (read == 0)
            {
                break;
            }
        }

        if (end > start)
        {
            yield return (buffer.AsMemory(start, end - start), ++number);
        }
    }

    // Moves what is left to the front, of a buffer twice as large when it fills more than half.
    static byte[] MakeRoom(byte[] buffer, int start, int end)
    {
        var target = end - start > buffer.Length / 2 ? new byte[checked(buffer.Length * 2)] : buffer;
        buffer.AsSpan(start, end - start).CopyTo(target);
        return target;
    }
}
