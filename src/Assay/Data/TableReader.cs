using Assay.Data.Reading;

namespace Assay.Data;

/// <summary>
/// Reads tables: CSV and JSON, also compressed by gzip, brotli (.br) or as the one file of a zip archive. Unless they are given, types
/// are inferred over the whole file: all true or false is boolean, all whole numbers integer (int64 where one is beyond ±2^53), all
/// finite numbers number, all ISO 8601 dates date, else texts: free text when more than half of them (and more than 50) differ, else
/// categories. <see cref="Column.Reason"/> says why.
/// </summary>
/// <remarks>CSV is that of RFC 4180; LF, CRLF or CR; blank lines are skipped; unquoted cells are trimmed.</remarks>
public static class TableReader
{
    /// <summary>Reads a file, as long as it is at the start.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="options">Null is the default.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserErrorException">The file cannot be opened, or is not such a table; the message has file and line.</exception>
    public static Table Read(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        FileReading.Of(path, options, reading => reading.ReadAll(cancellationToken));

    /// <summary>Reads what a stream holds; it is copied to memory.</summary>
    /// <param name="stream">Read to its end, not disposed.</param>
    /// <param name="source">What messages call it; its ending tells brotli.</param>
    /// <param name="options">Null is the default.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserErrorException">It is not such a table; the message has source and line.</exception>
    public static Table Read(Stream stream, string source, ReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var memory = new MemoryStream();
        stream.CopyTo(memory);
        return FileReading.Of(source, () => new MemoryStream(memory.GetBuffer(), 0, (int)memory.Length, writable: false), options, reading => reading.ReadAll(cancellationToken));
    }

    /// <summary>
    /// Reads a file larger than memory part by part. A first reading finds the types, unless all are given; then at most a few MiB
    /// beside the table of the part are held. The tables have the same columns and kinds; categories are those of the part. Where types
    /// are inferred, a column of more than 65,536 different texts is free text.
    /// </summary>
    /// <param name="path">Of the file.</param>
    /// <param name="rows">Of each table but the last, 1 or more.</param>
    /// <param name="options">Null is the default.</param>
    /// <param name="cancellationToken">Ends the call with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="UserErrorException">The file cannot be opened, or is not such a table; the message has file and line.</exception>
    public static IEnumerable<Table> Batches(string path, int rows, ReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return FileReading.Batches(path, rows, options, cancellationToken);
    }

    /// <summary>The names of the columns. Of CSV nothing below the first lines is read.</summary>
    /// <exception cref="UserErrorException">The file cannot be opened, or has no columns; the message has file and line.</exception>
    public static IReadOnlyList<string> ReadNames(string path, ReadOptions? options = null) =>
        FileReading.Of(path, options, reading => reading.ReadNames());
}
