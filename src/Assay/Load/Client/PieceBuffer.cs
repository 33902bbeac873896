namespace Assay.Load.Client;

/// <summary>Bytes put together from pieces, in memory that is kept.</summary>
sealed class PieceBuffer
{
    byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(Reserve(piece.Length));
        Length += piece.Length;
    }

    /// <summary>Room for at least so many bytes behind what is written; <see cref="Commit"/> tells how many of them were.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(Length + bytes, Math.Max(256, 2 * _bytes.Length)));
        }

        return _bytes.AsSpan(Length);
    }

    public void Commit(int bytes) => Length += bytes;
}
