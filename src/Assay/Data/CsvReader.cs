using System.Text;
using System.Text.Unicode;

namespace Assay.Data;

/// <summary>
/// Reads CSV (RFC 4180): quotes, doubled quotes, delimiters and line ends within quotes; LF, CRLF or CR; blank lines are
/// skipped; unquoted cells are trimmed. The first line names the columns. A column whose values are all true or false is Boolean,
/// all whole numbers within ±2^53 Integer, all finite numbers Number, else Category; one without any value is Number.
/// </summary>
public static class CsvReader
{
    static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a UTF-8 file, with or without byte order mark.</summary>
    /// <exception cref="UserErrorException">The file cannot be opened, or is not such a table; the message has file and line.</exception>
    public static Table Read(string path, CsvOptions? options = null) => Open(path, reader => Read(reader, path, options));

    /// <summary>The names of the columns; nothing below the header is read.</summary>
    /// <exception cref="UserErrorException">The file cannot be opened, or has no such header; the message has file and line.</exception>
    public static IReadOnlyList<string> ReadHeader(string path, CsvOptions? options = null) =>
        Open(path, reader => ReadHeader(new CsvTokenizer(reader, path, options?.Delimiter), path));

    /// <summary>Reads text that is already decoded.</summary>
    /// <param name="reader">Read to its end, not disposed.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="options">Null is the default.</param>
    /// <exception cref="UserErrorException">It is not such a table; the message has source and line.</exception>
    public static Table Read(TextReader reader, string source, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        options ??= new CsvOptions();
        var tokenizer = new CsvTokenizer(reader, source, options.Delimiter);
        var names = ReadHeader(tokenizer, source);
        foreach (var name in options.Kinds?.Keys.Except(names) ?? [])
        {
            throw new UserErrorException($"{source}: there is no column '{name}' to give a kind to.{NearestName.Hint(name, names)} The file has: {string.Join(", ", names)}.");
        }

        var missing = new MissingMarks(options.MissingMarks);
        var builders = names.Select(name => new ColumnBuilder(name, options.Kinds is { } kinds && kinds.TryGetValue(name, out var kind) ? kind : null, missing)).ToArray();
        var any = false;
        while (tokenizer.NextRecord())
        {
            ReadRow(tokenizer, builders, source);
            any = true;
        }

        return any
            ? new Table([.. builders.Select(builder => builder.Build())])
            : throw new UserErrorException($"{source}: there is a header and no row. Expected at least one row below it.");
    }

    static T Open<T>(string path, Func<StreamReader, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            // A detected mark would replace the strict encoding by a lenient one: the tokenizer skips the mark itself.
            using var reader = new StreamReader(path, _strictUtf8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
            return read(reader);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UserErrorException($"{path}:{InvalidLine(path)}: the bytes are not valid UTF-8. Assay reads UTF-8. Save the file in that encoding.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{path}: there is no such file. Expected a CSV file with a header line. Check the path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the file cannot be read: {exception.Message}", exception);
        }
    }

    static List<string> ReadHeader(CsvTokenizer tokenizer, string source)
    {
        if (!tokenizer.NextRecord())
        {
            throw new UserErrorException($"{source}: the file is empty. Expected a header line and rows.");
        }

        var names = new List<string>();
        do
        {
            var name = tokenizer.ReadCell().ToString();
            if (name.Length == 0)
            {
                throw new UserErrorException($"{source}:{tokenizer.CellLine}: column {names.Count + 1} has no name. Name every column in the first line.");
            }

            if (names.IndexOf(name) is >= 0 and var first)
            {
                throw new UserErrorException($"{source}:{tokenizer.CellLine}: columns {first + 1} and {names.Count + 1} are both named '{name}'. Rename one of them.");
            }

            names.Add(name);
        }
        while (!tokenizer.RecordEnded);
        return names;
    }

    static void ReadRow(CsvTokenizer tokenizer, ColumnBuilder[] builders, string source)
    {
        var line = tokenizer.Line;
        var found = 0;
        do
        {
            var cell = tokenizer.ReadCell();
            if (found < builders.Length && !builders[found].TryAdd(cell))
            {
                throw new UserErrorException($"{source}:{tokenizer.CellLine}: column '{builders[found].Name}' holds '{cell}'. " +
                    $"Expected {ColumnBuilder.Describe(builders[found].Wanted)}, because its kind was set. Correct the cell, or leave the kind out.");
            }

            found++;
        }
        while (!tokenizer.RecordEnded);
        if (found != builders.Length)
        {
            throw new UserErrorException($"{source}:{line}: found {found} {(found == 1 ? "cell" : "cells")}, expected {builders.Length} as in the header. " +
                "Complete the row, or quote cells that hold the delimiter.");
        }
    }

    // Latin-1 keeps every byte, and no byte of a longer UTF-8 sequence is a line end.
    static int InvalidLine(string path)
    {
        using var reader = new StreamReader(path, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        var line = 1;
        while (reader.ReadLine() is { } text && Utf8.IsValid(Encoding.Latin1.GetBytes(text)))
        {
            line++;
        }

        return line;
    }
}
