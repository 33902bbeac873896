using System.Text;

namespace Assay.Data.Reading;

/// <summary>Finds out how a text is encoded.</summary>
static class TextEncodings
{
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The encoding of that name, which refuses invalid bytes; null for UTF-8.</summary>
    public static Encoding? Find(string name, string source)
    {
        try
        {
            var encoding = (CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name)).CodePage;
            return encoding == Encoding.UTF8.CodePage ? null : Strict(encoding);
        }
        catch (ArgumentException exception)
        {
            throw new UserErrorException($"{source}: there is no encoding '{name}'. Name e.g. utf-8, utf-16, gb18030, windows-1252, shift_jis.", exception);
        }
    }

    /// <summary>By the mark, or by the zeros of UTF-16 in mostly ASCII; null is UTF-8.</summary>
    public static (Encoding? Encoding, int MarkLength) Detect(ReadOnlySpan<byte> head)
    {
        var mark = MarkLength(head);
        if (mark == 2)
        {
            return (Strict(head[0] == 0xFF ? 1200 : 1201), 2);
        }

        if (mark == 3 || head.Length < 4)
        {
            return (null, mark);
        }

        int even = 0, odd = 0;
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        var pairs = head.Length / 2;
        return (odd > pairs / 3 && even == 0 ? Strict(1200) : even > pairs / 3 && odd == 0 ? Strict(1201) : null, 0);
    }

    public static int MarkLength(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? 3 : head.StartsWith<byte>([0xFF, 0xFE]) || head.StartsWith<byte>([0xFE, 0xFF]) ? 2 : 0;

    /// <summary>
    /// Nine of ten pairs of bytes are in the rows of GB2312 that hold letters in use: western encodings have single bytes beyond ASCII,
    /// followed by ASCII.
    /// </summary>
    public static bool LooksChinese(Stream stream)
    {
        var buffer = new byte[1 << 16];
        long pairs = 0, usual = 0;
        var lead = 0;
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                if (lead != 0)
                {
                    pairs++;
                    usual += lead is >= 0xA1 and <= 0xF7 && value >= 0xA1 ? 1 : 0;
                    lead = 0;
                }
                else if (value >= 0x80)
                {
                    lead = value;
                }
            }
        }

        return lead == 0 && pairs > 0 && usual * 10 >= pairs * 9;
    }

    /// <summary>The first line with bytes that the encoding does not have; lines are counted from 1.</summary>
    public static long InvalidLine(Stream stream, Encoding encoding)
    {
        // Latin-1 keeps every byte; UTF-16, whose line ends are not single bytes, is told by what replaces the invalid ones.
        var isWide = encoding.CodePage is 1200 or 1201;
        using var reader = new StreamReader(stream, isWide ? Encoding.GetEncoding(encoding.CodePage) : Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        long line = 1;
        while (reader.ReadLine() is { } text && (isWide ? !text.Contains('\uFFFD') : IsValid(Encoding.Latin1.GetBytes(text), encoding)))
        {
            line++;
        }

        return line;
    }

    static bool IsValid(byte[] line, Encoding encoding)
    {
        try
        {
            return encoding.GetCharCount(line) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    static Encoding Strict(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
