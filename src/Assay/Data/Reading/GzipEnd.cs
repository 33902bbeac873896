using System.Buffers.Binary;
using System.IO.Compression;

namespace Assay.Data.Reading;

/// <summary>
/// Tells a gzip file that ends early: GZipStream then ends as if all were well. The last four bytes of a whole file are the length of
/// what its last member holds (RFC 1952).
/// </summary>
static class GzipEnd
{
    const int MostSearched = 16 << 20; // for the last of several members

    /// <exception cref="InvalidDataException">The file ends early.</exception>
    public static void Check(long expanded, Func<Stream> open, long length)
    {
        using var stream = open();
        stream.Position = Math.Max(0, length - MostSearched);
        var tail = new byte[length - stream.Position];
        stream.ReadExactly(tail);
        if (tail.Length < 18)
        {
            throw new InvalidDataException("The gzip content ends early.");
        }

        var last = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(tail.Length - 4));
        if (last != (uint)expanded && !IsLastOfSeveral(tail, last))
        {
            throw new InvalidDataException("The gzip content ends early.");
        }
    }

    static bool IsLastOfSeveral(byte[] tail, uint last)
    {
        for (var start = tail.AsSpan().LastIndexOf<byte>([0x1F, 0x8B, 0x08]); start > 0; start = tail.AsSpan(0, start).LastIndexOf<byte>([0x1F, 0x8B, 0x08]))
        {
            if (Expanded(tail.AsSpan(start).ToArray()) == last)
            {
                return true;
            }
        }

        return false;
    }

    static uint? Expanded(byte[] member)
    {
        try
        {
            using var stream = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
            var buffer = new byte[1 << 16];
            long length = 0;
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                length += read;
            }

            return (uint)length;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
