using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Assay.Load.Traces;

/// <summary>One line of a trace. Null when it is not what it should be.</summary>
static class TraceLine
{
    static readonly string[] _time = ["timestamp"];
    static readonly string[] _input = ["contexttokens", "request tokens"];
    static readonly string[] _output = ["generatedtokens", "response tokens"];

    /// <summary>Where the columns are; null when this is not the header of a trace.</summary>
    public static (int Time, int Input, int Output)? CsvColumns(string header)
    {
        string[] names = [.. header.TrimStart('\uFEFF').Split(',').Select(name => name.Trim())];
        var columns = (Time: Find(names, _time), Input: Find(names, _input), Output: Find(names, _output));
        return columns is { Time: >= 0, Input: >= 0, Output: >= 0 } ? columns : null;
    }

    // None of these files quotes a field.
    public static TraceRequest? OfCsv(string line, (int Time, int Input, int Output) columns)
    {
        var fields = line.Split(',');
        return fields.Length > Math.Max(columns.Time, Math.Max(columns.Input, columns.Output))
            && Time(fields[columns.Time]) is { } at && Tokens(fields[columns.Input]) is { } input && Tokens(fields[columns.Output]) is { } output
            ? new TraceRequest(at, input, output, [])
            : null;
    }

    public static bool HasAt(string line) => Parse(line) is { } json && json.TryGetProperty("at", out _);

    public static TraceRequest? OfJson(string line)
    {
        if (Parse(line) is not { } json)
        {
            return null;
        }

        var isOurs = json.TryGetProperty("at", out var time);
        if ((!isOurs && !json.TryGetProperty("timestamp", out time)) || time.ValueKind != JsonValueKind.Number || !(time.GetDouble() is >= 0 and < 1e9 and var value))
        {
            return null;
        }

        var isRead = Whole(json, isOurs ? "input_tokens" : "input_length", out var input) & Whole(json, isOurs ? "output_tokens" : "output_length", out var output);
        return isRead && Hashes(json) is { } hashes
            ? new TraceRequest(isOurs ? TimeSpan.FromSeconds(value) : TimeSpan.FromTicks((long)Math.Round(value * TimeSpan.TicksPerMillisecond)), input, output, hashes)
            : null;
    }

    static JsonElement? Parse(string line)
    {
        try
        {
            var json = JsonElement.Parse(line);
            return json.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static bool Whole(JsonElement json, string name, out int? value)
    {
        value = json.TryGetProperty(name, out var property) && property.ValueKind == JsonValueKind.Number && property.TryGetInt32(out var number) && number >= 0 ? number : null;
        return value is not null || !json.TryGetProperty(name, out property) || property.ValueKind == JsonValueKind.Null;
    }

    static ImmutableArray<int>? Hashes(JsonElement json)
    {
        if (!json.TryGetProperty("hash_ids", out var ids))
        {
            return [];
        }

        if (ids.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var hashes = ImmutableArray.CreateBuilder<int>(ids.GetArrayLength());
        foreach (var id in ids.EnumerateArray())
        {
            if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out var hash))
            {
                return null;
            }

            hashes.Add(hash);
        }

        return hashes.MoveToImmutable();
    }

    // Azure's are dates with 7 digits of a second, which is a tick; BurstGPT's are seconds.
    static TimeSpan? Time(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds)
            ? (seconds < 1e9 ? TimeSpan.FromSeconds(seconds) : null)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? TimeSpan.FromTicks(date.Ticks)
        : null;

    // BurstGPT 2 writes them as 12.0.
    static int? Tokens(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
        && number <= int.MaxValue && number == Math.Floor(number) ? (int)number : null;

    static int Find(string[] names, string[] known) => Array.FindIndex(names, name => known.Contains(name, StringComparer.OrdinalIgnoreCase));
}
