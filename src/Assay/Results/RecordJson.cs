using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Results;

/// <summary>
/// The JSON form of a <see cref="Record"/>: one line, keys and outcome in snake_case, a null left out except id, target, output
/// and answer. A number that is not finite is null and reads back as NaN. A lone surrogate, which UTF-8 cannot carry, becomes
/// U+FFFD.
/// </summary>
public static class RecordJson
{
    // Inputs are the user's own JSON; the default of 64 levels would refuse what a reader of theirs let through.
    internal const int MaxDepth = 1000;

    const int Shown = 60;
    const int BlockSize = 1 << 16;
    const int LargestKept = 1 << 20;
    static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth, SkipValidation = true };

    [ThreadStatic]
    static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _reused;

    /// <summary>The record as one line without a line end.</summary>
    public static string Serialize(Record record) => Encoding.UTF8.GetString(Written(record));

    /// <summary>The same in UTF-8.</summary>
    public static byte[] SerializeToUtf8(Record record) => Written(record).ToArray();

    /// <summary>Reads one line; keys it does not know are ignored.</summary>
    /// <exception cref="UserErrorException">Not a record.</exception>
    public static Record Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Parse(Encoding.UTF8.GetBytes(line));
    }

    /// <summary>Reads one line of UTF-8.</summary>
    /// <exception cref="UserErrorException">Not a record.</exception>
    public static Record Parse(ReadOnlySpan<byte> line) => Parse(line, withTexts: true);

    /// <summary>Reads one line of UTF-8 without its input, output, reasoning and probabilities, which are null then: several times faster and smaller.</summary>
    /// <exception cref="UserErrorException">Not a record.</exception>
    public static Record ParseWithoutTexts(ReadOnlySpan<byte> line) => Parse(line, withTexts: false);

    /// <summary>Writes JSON lines: UTF-8, one record a line, each line ended by a line feed. Leaves the stream open.</summary>
    public static async Task WriteLinesAsync(IAsyncEnumerable<Record> records, Stream output, CancellationToken cancellationToken)
    {
        var block = new ArrayBufferWriter<byte>(BlockSize);
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            block.Write(Written(record));
            block.Write("\n"u8);
            if (block.WrittenCount >= BlockSize)
            {
                await output.WriteAsync(block.WrittenMemory, cancellationToken);
                block.ResetWrittenCount();
            }
        }

        await output.WriteAsync(block.WrittenMemory, cancellationToken);
    }

    static Record Parse(ReadOnlySpan<byte> line, bool withTexts)
    {
        try
        {
            return RecordReader.Read(line, withTexts);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, Shown * 4)]);
            var start = text.Length > Shown ? $"{text[..Shown]}..." : text;
            throw new UserErrorException($"'{start}' is not a record: {e.Message} Expected a JSON object with id, stage, model and outcome.", e);
        }
    }

    // Valid until the thread's next record.
    static ReadOnlySpan<byte> Written(Record record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_reused is not var (buffer, writer))
        {
            buffer = new ArrayBufferWriter<byte>(1 << 12);
            writer = new Utf8JsonWriter(buffer, _options);
            _reused = (buffer, writer);
        }

        buffer.ResetWrittenCount();
        writer.Reset();
        RecordWriter.Write(writer, record);
        writer.Flush();
        if (buffer.Capacity > LargestKept)
        {
            _reused = null;
        }

        return buffer.WrittenSpan;
    }
}
