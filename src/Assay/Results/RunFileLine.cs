using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Results;

/// <summary>The first and the last line of an exported run.</summary>
static class RunFileLine
{
    const int Version = 1;
    const string LastKey = "{\"assay_run_end\":";

    static readonly RunFileContext _json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<RunState>(JsonNamingPolicy.SnakeCaseLower) },
    });

    public static byte[] First(RunSummary run) => JsonSerializer.SerializeToUtf8Bytes(
        new RunFileHead(Version, run.Header, run.State, run.Ended, run.Verdict, run.RecordCount, run.Models, run.Tasks, run.Tags, run.Cost, run.MainScore), _json.RunFileHead);

    public static byte[] Last(long records, string sha256, string? report) => JsonSerializer.SerializeToUtf8Bytes(new RunFileEnd(records, sha256, report), _json.RunFileEnd);

    /// <summary>Null when it is none of this version.</summary>
    public static RunSummary? ReadFirst(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, _json.RunFileHead) is { AssayRun: Version, Header.Id: not null } head
                ? new RunSummary(head.Header, head.State, head.Ended, head.Verdict, head.Records)
                {
                    Models = Of(head.Models),
                    Tasks = Of(head.Tasks),
                    Tags = Of(head.Tags),
                    Cost = head.Cost,
                    MainScore = head.MainScore,
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when it is another line.</summary>
    public static RunFileEnd? ReadLast(string line)
    {
        try
        {
            return line.StartsWith(LastKey, StringComparison.Ordinal) ? JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(line), _json.RunFileEnd) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static ImmutableArray<string> Of(ImmutableArray<string> names) => names.IsDefault ? [] : names;
}

/// <summary>The first line.</summary>
sealed record RunFileHead(
    int AssayRun, RunHeader Header, RunState State, DateTimeOffset? Ended, string? Verdict, long Records, ImmutableArray<string> Models,
    ImmutableArray<string> Tasks, ImmutableArray<string> Tags, double? Cost, MainScore? MainScore);

/// <summary>The last line. The report is a text, so that it comes back to the byte.</summary>
sealed record RunFileEnd([property: JsonPropertyName("assay_run_end")] long Records, string Sha256, string? Report);

[JsonSerializable(typeof(RunFileHead))]
[JsonSerializable(typeof(RunFileEnd))]
sealed partial class RunFileContext : JsonSerializerContext;
