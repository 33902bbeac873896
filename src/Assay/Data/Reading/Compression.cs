using System.IO.Compression;

namespace Assay.Data.Reading;

/// <summary>Opens compressed content, known by its first bytes (gzip, zip) or its name (.br).</summary>
static class Compression
{
    const long FreeBytes = 16 << 20; // before the ratio is looked at

    /// <summary>The content as it was before compression; the stream itself when it is not compressed.</summary>
    public static Stream Open(Stream stream, ReadOnlySpan<byte> start, string source, long length, ReadOptions options, Func<Stream> reopen)
    {
        Action<long>? ended = null;
        Stream? inner = null;
        if (start.StartsWith<byte>([0x1F, 0x8B]))
        {
            inner = new GZipStream(stream, CompressionMode.Decompress);
            ended = expanded => GzipEnd.Check(expanded, reopen, length);
        }
        else if (start.StartsWith("PK\x03\x04"u8))
        {
            inner = OpenZip(stream, source);
        }
        else if (source.EndsWith(".br", StringComparison.OrdinalIgnoreCase))
        {
            inner = new BrotliContent(stream);
        }

        return inner is null ? stream : new LimitedStream(inner, long.MaxValue, expanded => Check(expanded, length, source, options), ended);
    }

    static Stream OpenZip(Stream stream, string source)
    {
        // A zip's directory is at its end: it is read from memory where the stream cannot seek.
        if (!stream.CanSeek)
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            stream = copy;
        }

        var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        var entries = archive.Entries.Where(entry => entry.Name.Length > 0).ToArray();
        return entries.Length == 1 ? entries[0].Open() : throw new UserErrorException(
            $"{source}: the archive holds {entries.Length} files: {string.Join(", ", entries.Take(5).Select(entry => entry.FullName))}. Expected one. Unpack it and name the file.");
    }

    static void Check(long expanded, long length, string source, ReadOptions options)
    {
        if (expanded > options.MaxExpandedBytes)
        {
            throw new UserErrorException(
                $"{source}: its {length} bytes become more than {options.MaxExpandedBytes} (MaxExpandedBytes). Is it a zip bomb? If not, allow more.");
        }

        if (expanded > FreeBytes && expanded > options.MaxExpansionRatio * length)
        {
            throw new UserErrorException(
                $"{source}: its {length} bytes become more than {options.MaxExpansionRatio} times as many (MaxExpansionRatio). Is it a zip bomb? If not, allow more.");
        }
    }
}
