using System.Text.Json;
using Assay.Results;

namespace Assay.Web.Reporting.Samples;

/// <summary>
/// The records of a run on their way into a page: their columns in memory, their texts in a temporary file, since the page has the
/// columns first, so that its browser opens while the texts are still being read.
/// </summary>
sealed class SamplePages : IAsyncDisposable
{
    const int ChunkSize = 256;

    readonly SampleIndex _index = new();
    readonly Stream _texts;

    SamplePages(Stream texts)
    {
        _texts = texts;
    }

    public int Count => _index.Count;

    public static async Task<SamplePages> CollectAsync(IAsyncEnumerable<Record> records, CancellationToken cancellationToken)
    {
        var pages = new SamplePages(Temporary());
        try
        {
            var number = 0;
            await foreach (var chunk in records.Chunk(ChunkSize).WithCancellation(cancellationToken))
            {
                Array.ForEach(chunk, pages._index.Add);
                await DataBlock.WriteAsync(pages._texts, FormattableString.Invariant($"samples-chunk-{number++}"), Texts(chunk), cancellationToken);
            }

            return pages;
        }
        catch
        {
            await pages.DisposeAsync();
            throw;
        }
    }

    /// <summary>Columns, then the script, then the texts.</summary>
    public async Task WriteAsync(Stream destination, ReadOnlyMemory<byte> script, CancellationToken cancellationToken)
    {
        await _index.WriteAsync(ChunkSize, destination, cancellationToken);
        await destination.WriteAsync("<script>"u8.ToArray(), cancellationToken);
        await destination.WriteAsync(script, cancellationToken);
        await destination.WriteAsync("</script>\n"u8.ToArray(), cancellationToken);
        _texts.Position = 0;
        await _texts.CopyToAsync(destination, cancellationToken);
    }

    public ValueTask DisposeAsync() => _texts.DisposeAsync();

    // Answers may be confidential: nobody else may read the file, which is gone when it is closed.
    static FileStream Temporary()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1 << 17,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"assay-{Path.GetRandomFileName()}"), options);
    }

    static byte[] Texts(Record[] records)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = DataBlock.Json.Encoder, SkipValidation = true }))
        {
            json.WriteStartArray();
            foreach (var record in records)
            {
                Write(json, record);
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    static void Write(Utf8JsonWriter json, Record record)
    {
        json.WriteStartObject();
        Write(json, "input", SampleText.OfInput(record.Input));
        Write(json, "target", record.Target);
        Write(json, "output", record.Output);
        Write(json, "reasoning", record.Reasoning);
        Write(json, "answer", record.Answer);
        Write(json, "reason", record.Reason);
        Write(json, "cluster", record.Cluster);
        if (record.Probabilities is { } probabilities)
        {
            json.WriteStartArray("probabilities");
            foreach (var probability in probabilities)
            {
                json.WriteNumberValue(float.IsFinite(probability) ? probability : 0);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (SampleText.Cut(text) is { } shown)
        {
            json.WriteString(name, shown);
        }
    }
}
