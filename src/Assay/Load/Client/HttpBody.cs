namespace Assay.Load.Client;

/// <summary>Takes the pieces of a body out of the bytes of a connection: of a known length, in chunks, or up to the end of the connection. RFC 9112, 6 and 7.</summary>
struct HttpBody
{
    enum Part
    {
        Data,
        Whole,
        ToClose,
        ChunkSize,
        ChunkExtension,
        ChunkData,
        ChunkEnd,
        TrailerStart,
        Trailer,
        Broken,
    }

    Part _part;
    long _left;
    int _digits;

    public HttpBody(in HttpHead head, bool hasNoBody)
    {
        (_part, _left) = hasNoBody ? (Part.Whole, 0)
            : head.IsChunked ? (Part.ChunkSize, 0)
            : head.Length is { } length ? (length == 0 ? Part.Whole : Part.Data, length)
            : (Part.ToClose, 0L);
    }

    public readonly bool IsWhole => _part == Part.Whole;

    public readonly bool IsBroken => _part == Part.Broken;

    /// <summary>Only the end of the connection is the end of the body.</summary>
    public readonly bool EndsWithConnection => _part == Part.ToClose;

    /// <summary>The next piece of the body; false when the input is used up, or what is left of it belongs to no body.</summary>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> piece)
    {
        while (!input.IsEmpty && _part is not (Part.Whole or Part.Broken))
        {
            if (_part is Part.Data or Part.ChunkData or Part.ToClose)
            {
                var length = _part == Part.ToClose ? input.Length : (int)Math.Min(_left, input.Length);
                piece = input[..length];
                input = input[length..];
                _left -= length;
                if (_left == 0)
                {
                    _part = _part == Part.Data ? Part.Whole : Part.ChunkEnd;
                }

                return true;
            }

            Take(input[0]);
            input = input[1..];
        }

        piece = [];
        return false;
    }

    // The bytes between chunks, one by one: there are a handful.
    void Take(byte value)
    {
        _part = (_part, value) switch
        {
            (Part.ChunkSize, (byte)'\r') when _digits > 0 => Part.ChunkSize,
            (Part.ChunkSize or Part.ChunkExtension, (byte)'\n') when _digits > 0 => EndSize(),
            (Part.ChunkSize, (byte)';' or (byte)' ' or (byte)'\t') when _digits > 0 => Part.ChunkExtension,
            (Part.ChunkSize, _) => Digit(value),
            (Part.ChunkExtension, _) => Part.ChunkExtension,
            (Part.ChunkEnd, (byte)'\r') => Part.ChunkEnd,
            (Part.ChunkEnd, (byte)'\n') => StartSize(),
            (Part.TrailerStart, (byte)'\r') => Part.TrailerStart,
            (Part.TrailerStart, (byte)'\n') => Part.Whole,
            (Part.TrailerStart, _) => Part.Trailer,
            (Part.Trailer, (byte)'\n') => Part.TrailerStart,
            (Part.Trailer, _) => Part.Trailer,
            _ => Part.Broken,
        };
    }

    Part StartSize()
    {
        (_left, _digits) = (0, 0);
        return Part.ChunkSize;
    }

    readonly Part EndSize() => _left == 0 ? Part.TrailerStart : Part.ChunkData;

    Part Digit(byte value)
    {
        var digit = value is >= (byte)'0' and <= (byte)'9' ? value - '0' : (value | 0x20) is >= 'a' and <= 'f' ? (value | 0x20) - 'a' + 10 : -1;
        _left = (_left << 4) + digit;
        return digit < 0 || ++_digits > 15 ? Part.Broken : Part.ChunkSize;
    }
}
