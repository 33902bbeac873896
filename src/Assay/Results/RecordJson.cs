using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Models;

namespace Assay.Results;

/// <summary>
/// The JSON form of a <see cref="Record"/>: one line, keys and outcome in snake_case, a null left out except id, target, output
/// and answer. A number that is not finite is null and reads back as NaN. A lone surrogate, which UTF-8 cannot carry, becomes
/// U+FFFD.
/// </summary>
public static class RecordJson
{
    // Inputs are the user's own JSON; the default of 64 levels would refuse what a reader of theirs let through.
    const int MaxDepth = 1000;

    static readonly RecordJsonContext _context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        RespectNullableAnnotations = true,
        Converters =
        {
            new JsonStringEnumConverter<Outcome>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new FiniteNumber<double>(),
            new FiniteNumber<float>(),
        },
    });

    /// <summary>The record as one line without a line end.</summary>
    public static string Serialize(Record record) => JsonSerializer.Serialize(record, _context.Record);

    /// <summary>Reads one line; keys it does not know are ignored.</summary>
    /// <exception cref="UserErrorException">Not a record.</exception>
    public static Record Parse(string line)
    {
        try
        {
            var record = JsonSerializer.Deserialize(line, _context.Record) ?? throw new JsonException("it is null");

            // A missing key leaves null here, whatever the initializer says (dotnet/runtime#84484).
            return record.Scores is null ? record with { Scores = new Dictionary<string, double>() } : record;
        }
        catch (JsonException e)
        {
            var start = line.Length > 60 ? $"{line[..60]}..." : line;
            throw new UserErrorException($"'{start}' is not a record: {e.Message} Expected a JSON object with id, stage, model and outcome.", e);
        }
    }

    /// <summary>Writes JSON lines: UTF-8, one record a line, each line ended by a line feed. Leaves the stream open.</summary>
    public static async Task WriteLinesAsync(IAsyncEnumerable<Record> records, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            await writer.WriteLineAsync(Serialize(record).AsMemory(), cancellationToken);
        }
    }
}

[JsonSerializable(typeof(Record))]
sealed partial class RecordJsonContext : JsonSerializerContext;
