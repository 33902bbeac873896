namespace Assay.Load.Client;

/// <summary>
/// Reads an event stream (<c>text/event-stream</c>) from pieces cut at any byte. Lines may end in CR, LF or both; an event is there as soon as its blank
/// line is, a CR without its LF included. Source: WHATWG HTML, 9.2.6; but a field <c>error</c> holds data too, as llama.cpp writes it. Allocates nothing
/// for an event that came in one piece. Not thread-safe.
/// </summary>
/// <param name="mostBytes">A longer line, or longer data of several lines, makes the stream unreadable.</param>
public sealed class EventStreamParser(int mostBytes = 1 << 20)
{
    const byte CarriageReturn = (byte)'\r';
    const byte LineFeed = (byte)'\n';

    readonly PieceBuffer _line = new();
    readonly PieceBuffer _data = new();
    bool _isStarted, _skipsLineFeed, _hasData, _isError;

    /// <summary>The event just read is an error by its name or its field.</summary>
    public bool IsError { get; private set; }

    /// <summary>A line or an event was too long; nothing more is read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>To the start of another stream.</summary>
    public void Reset()
    {
        _line.Clear();
        _data.Clear();
        _isStarted = _skipsLineFeed = _hasData = _isError = IsError = IsTooLong = false;
    }

    /// <summary>Takes the next event from the front of a piece; false when the piece is used up and more is needed.</summary>
    /// <param name="input">The piece; shortened by what was read.</param>
    /// <param name="data">Of the event, its lines joined by LF; good until the next call.</param>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> data)
    {
        // The first line of data lies in the piece and is copied only when more has to be added to it: most events have just one line.
        var first = ReadOnlySpan<byte>.Empty;
        var hasFirst = false;
        data = [];
        while (TryReadLine(ref input, out var line))
        {
            if (line.IsEmpty)
            {
                (IsError, _isError) = (_isError, false);
                if (hasFirst || _hasData)
                {
                    data = hasFirst ? first : _data.Written;
                    _hasData = false;
                    return true;
                }
            }
            else if (TryReadData(line, out var value))
            {
                if (!hasFirst && !_hasData)
                {
                    first = value;
                    hasFirst = true;
                    continue;
                }

                KeepFirst(first, ref hasFirst);
                _data.Append("\n"u8);
                Keep(_data, value);
            }
        }

        KeepFirst(first, ref hasFirst);
        Keep(_line, input);
        input = [];
        return false;
    }

    // A line that began in earlier pieces is put together in the buffer, which the caller has done with before the next one.
    bool TryReadLine(scoped ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line)
    {
        line = [];
        if (_skipsLineFeed && !input.IsEmpty)
        {
            _skipsLineFeed = false;
            input = input[0] == LineFeed ? input[1..] : input;
        }

        var end = input.IndexOfAny(CarriageReturn, LineFeed);
        if (end < 0 || IsTooLong)
        {
            return false;
        }

        line = input[..end];
        if (_line.Length > 0)
        {
            Keep(_line, line);
            line = _line.Written;
            _line.Clear();
            if (IsTooLong)
            {
                return false;
            }
        }

        if (!_isStarted)
        {
            _isStarted = true;
            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        }

        // A CR at the end of a piece ends the line now; its LF, should one follow, is skipped then.
        _skipsLineFeed = input[end] == CarriageReturn;
        input = input[(end + 1)..];
        return true;
    }

    bool TryReadData(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        value = colon < 0 ? [] : line[(colon + 1)..];
        value = value.StartsWith(" "u8) ? value[1..] : value;
        _isError |= name.SequenceEqual("error"u8) || (name.SequenceEqual("event"u8) && value.SequenceEqual("error"u8));
        return name.SequenceEqual("data"u8) || name.SequenceEqual("error"u8);
    }

    void KeepFirst(ReadOnlySpan<byte> first, ref bool hasFirst)
    {
        if (hasFirst)
        {
            _data.Clear();
            Keep(_data, first);
            (_hasData, hasFirst) = (true, false);
        }
    }

    void Keep(PieceBuffer buffer, ReadOnlySpan<byte> piece)
    {
        IsTooLong |= buffer.Length + piece.Length > mostBytes;
        if (!IsTooLong)
        {
            buffer.Append(piece);
        }
    }
}
