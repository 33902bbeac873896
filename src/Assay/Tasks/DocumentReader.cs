using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Assay.Tasks;

/// <summary>
/// Reads rows from JSON lines (<c>.jsonl</c>, <c>.ndjson</c>: streamed, blank lines skipped) and JSON (<c>.json</c>: an array of objects, an
/// object with one such array, or JSON lines after all; held in memory), both also packed as <c>.gz</c>.
/// </summary>
public static class DocumentReader
{
    /// <summary>The rows in the order of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="field">The key of the array in a JSON object; null finds the only one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UserErrorException">No such file, another format, or broken content; with file and line.</exception>
    public static async IAsyncEnumerable<Document> ReadAsync(
        string path, string? field = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        await using var stream = Open(path);
        if (IsLines(path))
        {
            await foreach (var (line, number) in LineReader.ReadAsync(stream, cancellationToken))
            {
                if (JsonRows.ReadLine(line.Span, path, number) is { } document)
                {
                    yield return document;
                }
            }

            yield break;
        }

        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, cancellationToken);
        foreach (var document in JsonRows.ReadAll(memory.GetBuffer().AsSpan(0, (int)memory.Length), path, field))
        {
            yield return document;
        }
    }

    /// <summary>The number of rows; of JSON lines without reading what is in them.</summary>
    internal static async Task<long> CountAsync(string path, string? field, CancellationToken cancellationToken)
    {
        var count = 0L;
        if (IsLines(path))
        {
            await using var stream = Open(path);
            await foreach (var (line, _) in LineReader.ReadAsync(stream, cancellationToken))
            {
                count += JsonRows.IsBlank(line.Span) ? 0 : 1;
            }

            return count;
        }

        await foreach (var document in ReadAsync(path, field, cancellationToken))
        {
            count++;
        }

        return count;
    }

    static Stream Open(string path)
    {
        if (!IsLines(path) && !Bare(path).EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new UserErrorException(
                $"{path}: the format '{Path.GetExtension(path)}' is not read. Expected .jsonl, .ndjson or .json, also as .gz. Convert the file, or rename it.");
        }

        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the file cannot be read: {problem.Message} Check the path.", problem);
        }
    }

    static bool IsLines(string path) =>
        Bare(path).EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || Bare(path).EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase);

    static string Bare(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
}
