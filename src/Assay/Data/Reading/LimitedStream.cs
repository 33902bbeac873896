namespace Assay.Data.Reading;

/// <summary>Counts what is read, and ends or fails at a limit.</summary>
/// <param name="inner">Disposed with this.</param>
/// <param name="length">What lies behind it is not read: a file that grows is read as it was when it was opened.</param>
/// <param name="check">Called with the bytes so far; throws when they are too many.</param>
/// <param name="ended">Called with the bytes in all; throws when they are too few.</param>
sealed class LimitedStream(Stream inner, long length, Action<long>? check = null, Action<long>? ended = null) : Stream
{
    long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer[..(int)Math.Min(buffer.Length, length - _read)]);
        _read += read;
        check?.Invoke(_read);
        if (read == 0 && buffer.Length > 0)
        {
            ended?.Invoke(_read);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
