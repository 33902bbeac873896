namespace Assay.Data.Reading;

/// <summary>Cuts UTF-8 CSV text into cells. The text ends with a line end.</summary>
ref struct CsvCursor(ReadOnlySpan<byte> block, CsvDialect dialect)
{
    byte[]? _scratch;

    public readonly ReadOnlySpan<byte> Block = block;

    public int Position;

    /// <summary>Line ends passed.</summary>
    public long Lines;

    /// <summary>What is wrong with the last cell's quotes; null when all is well.</summary>
    public string? Fault;

    /// <summary>The last cell, not quoted, had blanks around it.</summary>
    public bool IsTrimmed;

    /// <summary>Skips blank lines and comments; false at the end of the text.</summary>
    public bool NextRecord()
    {
        while (Position < Block.Length)
        {
            var first = Block[Position];
            if (first is (byte)'\n' or (byte)'\r')
            {
                EndLine();
            }
            else if (dialect.IsComment(Block[Position..]))
            {
                SkipLine();
            }
            else if (!dialect.IsBlank(first) || !SkipBlankLine())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next cell of the record, without its quotes or surrounding blanks; the delimiter or line end behind it comes next.</summary>
    public ReadOnlySpan<byte> ReadCell()
    {
        (Fault, IsTrimmed) = (null, false);
        var outer = Position;
        SkipBlanks();
        if (Block[Position] == dialect.Quote && dialect.Quote != 0)
        {
            return ReadQuoted();
        }

        var start = Position;
        Position += Block[Position..].IndexOfAny(dialect.Delimiter, (byte)'\n', (byte)'\r');
        var end = Position;
        while (end > start && dialect.IsBlank(Block[end - 1]))
        {
            end--;
        }

        IsTrimmed = end > start && (start > outer || end < Position);
        return Block[start..end];
    }

    /// <summary>Steps over a delimiter; false when the record has ended.</summary>
    public bool NextCell()
    {
        if (Block[Position] != dialect.Delimiter)
        {
            return false;
        }

        Position++;
        return true;
    }

    public void EndLine()
    {
        Position += Block[Position] == '\r' && Position + 1 < Block.Length && Block[Position + 1] == '\n' ? 2 : 1;
        Lines++;
    }

    public void SkipLine()
    {
        Position += Block[Position..].IndexOfAny((byte)'\n', (byte)'\r');
        EndLine();
    }

    bool SkipBlankLine()
    {
        var start = Position;
        SkipBlanks();
        if (Block[Position] is (byte)'\n' or (byte)'\r')
        {
            return true;
        }

        Position = start;
        return false;
    }

    void SkipBlanks()
    {
        while (dialect.IsBlank(Block[Position]))
        {
            Position++;
        }
    }

    ReadOnlySpan<byte> ReadQuoted()
    {
        var start = ++Position;
        var doubled = 0;
        while (true)
        {
            var found = Block[Position..].IndexOf(dialect.Quote);
            if (found < 0)
            {
                Fault = "the quote that opens here is never closed. Close it, or double it if it belongs to the text.";
                Position = Block.Length - 1;
                return [];
            }

            Position += found + 1;
            if (Block[Position] != dialect.Quote)
            {
                break;
            }

            doubled++;
            Position++;
        }

        var cell = Block[start..(Position - 1)];
        Lines += LineEnds(cell);
        SkipBlanks();
        if (Block[Position] is not ((byte)'\n' or (byte)'\r') && Block[Position] != dialect.Delimiter)
        {
            Fault = $"'{(char)Block[Position]}' stands behind a closing quote. Expected the delimiter or the end of the line. Double the quotes within a quoted cell.";
            Position += Block[Position..].IndexOfAny((byte)'\n', (byte)'\r');
        }

        return doubled == 0 ? cell : Undouble(cell);
    }

    ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> cell)
    {
        if (_scratch is null || _scratch.Length < cell.Length)
        {
            _scratch = new byte[Math.Max(256, cell.Length)];
        }

        var length = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            _scratch[length++] = cell[i];
            i += cell[i] == dialect.Quote ? 1 : 0;
        }

        return _scratch.AsSpan(0, length);
    }

    static int LineEnds(ReadOnlySpan<byte> text) => text.Count((byte)'\n') + text.Count((byte)'\r') - text.Count("\r\n"u8);
}
