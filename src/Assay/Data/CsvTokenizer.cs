namespace Assay.Data;

/// <summary>Cuts CSV text into cells. A cell is a span of the buffer, good until the next one is read.</summary>
sealed class CsvTokenizer
{
    readonly TextReader _reader;
    readonly string _source;
    readonly char _delimiter;
    char[] _buffer = new char[1 << 16];
    int _start; // of the cell: what Fill must keep
    int _position;
    int _end;
    bool _drained;

    public CsvTokenizer(TextReader reader, string source, char? delimiter)
    {
        if (delimiter is '"' or '\r' or '\n')
        {
            throw new UserErrorException($"{source}: a quote or a line end cannot be the delimiter. Use one of: comma, semicolon, tab, |.");
        }

        _reader = reader;
        _source = source;
        _delimiter = '\0';
        if (Peek() == '\uFEFF')
        {
            _position++;
        }

        _delimiter = delimiter ?? CsvDelimiter.Detect(_buffer.AsSpan(_position, _end - _position));
    }

    /// <summary>The physical line of what comes next, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The physical line on which the last cell began.</summary>
    public int CellLine { get; private set; }

    /// <summary>The last cell was the last one of its record.</summary>
    public bool RecordEnded { get; private set; }

    /// <summary>Skips blank lines; false at the end of the text.</summary>
    public bool NextRecord()
    {
        while (true)
        {
            _start = _position;
            SkipBlanks();
            switch (Peek())
            {
                case -1:
                    return false;
                case '\r' or '\n':
                    EndLine();
                    break;
                default:
                    return true;
            }
        }
    }

    /// <summary>The next cell of the record, without its quotes or surrounding blanks.</summary>
    public ReadOnlySpan<char> ReadCell()
    {
        _start = _position;
        SkipBlanks();
        _start = _position;
        CellLine = Line;
        var length = Peek() == '"' ? ReadQuoted() : ReadPlain();
        var next = Peek();
        RecordEnded = next != _delimiter;
        if (!RecordEnded)
        {
            _position++;
        }
        else if (next >= 0)
        {
            EndLine();
        }

        return _buffer.AsSpan(_start, length);
    }

    int ReadPlain()
    {
        int found;
        do
        {
            found = _buffer.AsSpan(_position, _end - _position).IndexOfAny(_delimiter, '\r', '\n');
            _position = found < 0 ? _end : _position + found;
        }
        while (found < 0 && Fill());
        return _buffer.AsSpan(_start, _position - _start).TrimEnd(" \t").Length;
    }

    int ReadQuoted()
    {
        _start = ++_position;
        var doubled = false;
        while (true)
        {
            SkipToQuote();
            _position++;
            if (Peek() != '"')
            {
                break;
            }

            doubled = true;
            _position++;
        }

        var length = _position - 1 - _start;
        Line += LineEnds(_buffer.AsSpan(_start, length));
        SkipBlanks();
        var next = Peek();
        if (next is not (-1 or '\r' or '\n') && next != _delimiter)
        {
            throw new UserErrorException($"{_source}:{Line}: '{(char)next}' stands behind a closing quote. Expected the delimiter or the end of the line. Double the quotes within a quoted cell.");
        }

        return doubled ? Undouble(_buffer.AsSpan(_start, length)) : length;
    }

    void SkipToQuote()
    {
        int found;
        while ((found = _buffer.AsSpan(_position, _end - _position).IndexOf('"')) < 0)
        {
            _position = _end;
            if (!Fill())
            {
                throw new UserErrorException($"{_source}:{CellLine}: the quote that opens here is never closed. Close it, or double it if it belongs to the text.");
            }
        }

        _position += found;
    }

    static int Undouble(Span<char> cell)
    {
        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            cell[length++] = cell[i];
            if (cell[i] == '"')
            {
                i++;
            }
        }

        return length;
    }

    static int LineEnds(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");

    void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' && _buffer[_position] != _delimiter)
        {
            _position++;
        }
    }

    void EndLine()
    {
        if (_buffer[_position++] == '\r' && Peek() == '\n')
        {
            _position++;
        }

        Line++;
    }

    int Peek() => _position < _end || Fill() ? _buffer[_position] : -1;

    // Appends text behind what the current cell already has; false at the end.
    bool Fill()
    {
        if (_drained)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _position -= _start;
            _end -= _start;
            _start = 0;
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = _reader.ReadBlock(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _drained = _end < _buffer.Length;
        return read > 0;
    }
}
