namespace Assay.Data.Reading;

/// <summary>Cuts a stream of CSV into blocks of whole records.</summary>
sealed class CsvBlocks(Stream stream, CsvDialect dialect, int blockSize, int maxRowBytes)
{
    byte[] _carried = [];
    int _carriedLength;
    bool _ended;

    /// <summary>Fills <paramref name="block"/>, which grows when one record wants more; 0 at the end. The block ends with a line end.</summary>
    /// <exception cref="RowTooLongException">A record is longer than allowed.</exception>
    public int Next(ref byte[] block)
    {
        if (_ended)
        {
            return 0;
        }

        var wanted = Math.Max(blockSize, _carriedLength + (blockSize / 2));
        Array.Resize(ref block, Math.Max(block.Length, wanted + 1));
        _carried.AsSpan(0, _carriedLength).CopyTo(block);
        var length = _carriedLength;
        while (true)
        {
            length += stream.ReadAtLeast(block.AsSpan(length, wanted - length), wanted - length, throwOnEndOfStream: false);
            if (length < wanted)
            {
                return Last(block, length);
            }

            if (Complete(block.AsSpan(0, length)) is > 0 and var complete)
            {
                Carry(block.AsSpan(complete, length - complete));
                return complete;
            }

            if (wanted >= maxRowBytes)
            {
                throw new RowTooLongException(maxRowBytes);
            }

            wanted = (int)Math.Min(2L * wanted, Math.Min(maxRowBytes, Array.MaxLength - 1));
            Array.Resize(ref block, wanted + 1);
        }
    }

    int Last(byte[] block, int length)
    {
        _ended = true;
        if (length > 0 && block[length - 1] is not ((byte)'\n' or (byte)'\r'))
        {
            block[length++] = (byte)'\n';
        }

        return length;
    }

    void Carry(ReadOnlySpan<byte> rest)
    {
        if (_carried.Length < rest.Length)
        {
            _carried = new byte[Math.Max(rest.Length, 4096)];
        }

        rest.CopyTo(_carried);
        _carriedLength = rest.Length;
    }

    // Bytes up to the last line end that no quotes hold.
    int Complete(ReadOnlySpan<byte> text)
    {
        var (position, complete) = (0, 0);
        while (true)
        {
            var quote = dialect.Quote == 0 ? -1 : text[position..].IndexOf(dialect.Quote);
            var plain = quote < 0 ? text[position..] : text.Slice(position, quote);
            complete = LastLineEnd(plain, isEnd: quote < 0) is >= 0 and var lineEnd ? position + lineEnd + 1 : complete;
            if (quote < 0)
            {
                return complete;
            }

            quote += position;
            position = Opens(text, quote) ? Closing(text, quote) + 1 : quote + 1;
            if (position == 0)
            {
                return complete;
            }
        }
    }

    // A carriage return at the very end may have its line feed in what follows.
    static int LastLineEnd(ReadOnlySpan<byte> text, bool isEnd)
    {
        var last = text.LastIndexOfAny((byte)'\n', (byte)'\r');
        return isEnd && last >= 0 && last == text.Length - 1 && text[last] == '\r' ? text[..last].LastIndexOfAny((byte)'\n', (byte)'\r') : last;
    }

    // A quote opens a cell only where the cell begins, and not in a comment.
    bool Opens(ReadOnlySpan<byte> text, int quote)
    {
        var before = quote - 1;
        while (before >= 0 && dialect.IsBlank(text[before]))
        {
            before--;
        }

        return (before < 0 || text[before] == dialect.Delimiter || text[before] is (byte)'\n' or (byte)'\r')
            && (dialect.Comment.Length == 0 || !dialect.IsComment(text[(text[..quote].LastIndexOfAny((byte)'\n', (byte)'\r') + 1)..]));
    }

    // -1 when it is not in the text, or at its very end, where another quote may follow.
    int Closing(ReadOnlySpan<byte> text, int quote)
    {
        var position = quote + 1;
        while (text[position..].IndexOf(dialect.Quote) is >= 0 and var found)
        {
            position += found;
            if (position + 1 == text.Length)
            {
                return -1;
            }

            if (text[position + 1] != dialect.Quote)
            {
                return position;
            }

            position += 2;
        }

        return -1;
    }
}
