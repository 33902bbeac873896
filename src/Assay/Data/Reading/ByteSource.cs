using System.Text;

namespace Assay.Data.Reading;

/// <summary>A file as UTF-8: decompressed, decoded, without byte order mark. May be opened again and again, and is then as long as it was.</summary>
sealed class ByteSource
{
    readonly Func<Stream> _open;
    readonly ReadOptions _options;
    readonly byte[] _start;
    Encoding? _encoding; // null is UTF-8
    readonly int _mark;

    public ByteSource(string name, Func<Stream> open, ReadOptions options)
    {
        (Name, _open, _options) = (name, open, options);
        using (var stream = open())
        {
            Length = stream.Length;
            _start = Head(stream, 4);
        }

        using var expanded = Expanded();
        var head = Head(expanded, 4096);
        (_encoding, _mark) = options.Encoding is { } given ? (TextEncodings.Find(given, name), TextEncodings.MarkLength(head)) : TextEncodings.Detect(head);
    }

    public string Name { get; }

    /// <summary>Bytes of the file, at the first opening.</summary>
    public long Length { get; }

    public string EncodingName => _encoding?.WebName ?? "utf-8";

    /// <summary>Bytes as they are in the file.</summary>
    public bool IsPlain => _encoding is null && !IsCompressed;

    public bool IsCompressed { get; private set; }

    public Stream Open()
    {
        var stream = Expanded();
        _ = Head(stream, _mark);
        return _encoding is null ? stream : Encoding.CreateTranscodingStream(stream, _encoding, TextEncodings.Utf8);
    }

    /// <summary>The first bytes up to a line end; one is added at the end of the file.</summary>
    public byte[] Sample(int size)
    {
        using var stream = Open();
        var sample = new byte[size];
        var length = 0;
        while (true)
        {
            length += stream.ReadAtLeast(sample.AsSpan(length), sample.Length - length, throwOnEndOfStream: false);
            if (length < sample.Length)
            {
                return length == 0 ? [] : sample[length - 1] is (byte)'\n' or (byte)'\r' ? sample[..length] : [.. sample[..length], (byte)'\n'];
            }

            var end = sample.AsSpan(0, length - 1).LastIndexOfAny((byte)'\n', (byte)'\r');
            if (end >= 0)
            {
                return sample[..(end + (sample[end] == '\r' && sample[end + 1] == '\n' ? 2 : 1))];
            }

            if (sample.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..])
            {
                return sample;
            }

            if (sample.Length >= _options.MaxRowBytes)
            {
                throw new RowTooLongException(_options.MaxRowBytes);
            }

            Array.Resize(ref sample, (int)Math.Min(2L * sample.Length, _options.MaxRowBytes));
        }
    }

    /// <summary>Takes the file for GB18030 if its bytes look like that; false: it stays as it was.</summary>
    public bool TryChinese()
    {
        if (_encoding is not null || _options.Encoding is not null || _mark > 0)
        {
            return false;
        }

        using var stream = Expanded();
        _encoding = TextEncodings.LooksChinese(stream) ? TextEncodings.Find("gb18030", Name) : null;
        return _encoding is not null;
    }

    /// <summary>That the bytes are not of the encoding, with the line.</summary>
    public UserErrorException BadEncoding(Exception inner)
    {
        using var stream = Expanded();
        var line = TextEncodings.InvalidLine(stream, _encoding ?? TextEncodings.Utf8);
        var tried = _encoding is not null || _options.Encoding is not null || _mark > 0 ? "" : " Tried: UTF-8, UTF-16 by its zeros, GB18030.";
        return new UserErrorException(
            $"{Name}:{line}: the bytes are not valid {EncodingName.ToUpperInvariant()}.{tried} Name the encoding (encoding: windows-1252), or save the file as UTF-8.", inner);
    }

    Stream Expanded()
    {
        var stream = _open();
        if (_start.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            IsCompressed = true;
            return Compression.Open(stream, _start, Name, Length, _options, _open);
        }

        var limited = new LimitedStream(stream, Length);
        var expanded = Compression.Open(limited, _start, Name, Length, _options, _open);
        IsCompressed = expanded != limited;
        return expanded;
    }

    static byte[] Head(Stream stream, int count)
    {
        var head = new byte[count];
        return head[..stream.ReadAtLeast(head, count, throwOnEndOfStream: false)];
    }
}
