using System.Buffers;
using System.Buffers.Text;

namespace Assay.Web.Simulation.Http;

/// <summary>Bytes on their way to a socket, in one piece, and used again after it.</summary>
sealed class Output : IBufferWriter<byte>
{
    const int SizeDigits = 6;

    byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    /// <summary>Pieces are framed as HTTP/1.1 chunks; else the end of the connection ends the answer.</summary>
    public bool IsChunked { get; set; } = true;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Takes away what a socket has taken.</summary>
    public void RemoveFirst(int count)
    {
        _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
        Length -= count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(long number)
    {
        Utf8Formatter.TryFormat(number, GetSpan(20), out var count);
        Length += count;
    }

    /// <summary>16 hexadecimal digits.</summary>
    public void WriteHex(long number)
    {
        Utf8Formatter.TryFormat(number, GetSpan(16), out _, new StandardFormat('x', 16));
        Length += 16;
    }

    /// <summary>Begins a piece; give its place to <see cref="EndChunk"/>.</summary>
    public int BeginChunk()
    {
        var start = Length;
        if (IsChunked)
        {
            Write("000000\r\n"u8);
        }

        return start;
    }

    public void EndChunk(int start)
    {
        if (IsChunked)
        {
            Utf8Formatter.TryFormat(Length - start - SizeDigits - 2, _bytes.AsSpan(start), out _, new StandardFormat('x', SizeDigits));
            Write("\r\n"u8);
        }
    }

    public void EndBody()
    {
        if (IsChunked)
        {
            Write("0\r\n\r\n"u8);
        }
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    void Reserve(int more)
    {
        if (_bytes.Length - Length < Math.Max(1, more))
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + more));
        }
    }
}
