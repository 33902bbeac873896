using System.Buffers;
using System.IO.Compression;

namespace Assay.Data.Reading;

/// <summary>What brotli compressed. BrotliStream takes a file that was cut off for a short one; the decoder itself knows.</summary>
sealed class BrotliContent(Stream compressed) : Stream
{
    readonly byte[] _buffer = new byte[1 << 16];
    BrotliDecoder _decoder;
    int _start;
    int _end;
    bool _isDone;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (!_isDone && !buffer.IsEmpty)
        {
            var status = _decoder.Decompress(_buffer.AsSpan(_start.._end), buffer, out var consumed, out var written);
            _start += consumed;
            _isDone = status == OperationStatus.Done;
            if (status == OperationStatus.InvalidData)
            {
                throw new InvalidDataException("The brotli content is damaged.");
            }

            if (written > 0)
            {
                return written;
            }

            if (status == OperationStatus.NeedMoreData)
            {
                Fill();
            }
        }

        return 0;
    }

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
            _decoder.Dispose();
            compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    // What the decoder has not taken yet stays.
    void Fill()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = compressed.Read(_buffer.AsSpan(_end));
        _end += read;
        if (read == 0)
        {
            throw new InvalidDataException("The brotli content ends early.");
        }
    }
}
