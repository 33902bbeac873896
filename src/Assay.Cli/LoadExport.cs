using System.Globalization;
using System.Text.Json;
using Assay.Load;

namespace Assay.Cli;

/// <summary>Every request of a load as a row of CSV, and as a line of JSON. Times in seconds from the start of its load; what is not known is empty, or null.</summary>
sealed class LoadExport : IDisposable
{
    static readonly string[] _names =
    [
        "profile", "index", "session", "turn", "scheduled", "sent", "connect", "first_byte", "first_event", "first_token", "last_token", "end", "latency",
        "longest_gap", "events", "tokens", "tokens_reported", "input_tokens", "cached_tokens", "outcome", "status", "reason",
    ];

    readonly StreamWriter? _csv;
    readonly StreamWriter? _json;

    LoadExport(StreamWriter? csv, StreamWriter? json)
    {
        (_csv, _json) = (csv, json);
        _csv?.WriteLine(string.Join(',', _names));
    }

    /// <summary>Nothing where both paths are null.</summary>
    public static LoadExport Open(string? csv, string? json) => new(Create(csv), Create(json));

    public void Write(string profile, LoadResult result)
    {
        if (_csv is null && _json is null)
        {
            return;
        }

        for (var i = 0; i < result.Exchanges.Count; i++)
        {
            var values = Values(profile, result.Exchanges[i]);
            _csv?.WriteLine(string.Join(',', values.Select(CsvField)));
            _json?.WriteLine($"{{{string.Join(',', _names.Zip(values, (name, value) => $"\"{name}\":{JsonValue(value)}"))}}}");
        }

        _csv?.Flush();
        _json?.Flush();
    }

    public void Dispose()
    {
        _csv?.Dispose();
        _json?.Dispose();
    }

    static object?[] Values(string profile, Exchange exchange) =>
    [
        profile, exchange.Index, exchange.Session < 0 ? null : exchange.Session, exchange.Session < 0 ? null : exchange.Turn, exchange.Scheduled, exchange.Sent, exchange.Connect,
        exchange.Status == 0 ? null : exchange.FirstByte, exchange.FirstEvent, exchange.FirstToken, exchange.LastToken, exchange.End, exchange.Latency,
        exchange.Events > 1 ? exchange.LongestGap : null, exchange.Events, exchange.Tokens, exchange.IsTokenCountReported, exchange.InputTokens, exchange.CachedTokens,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(exchange.Outcome.ToString()), (int)exchange.Status, exchange.Reason,
    ];

    static string Plain(object? value) => value switch
    {
        null => "",
        TimeSpan time => time.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    static string CsvField(object? value) =>
        value is string text && text.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : Plain(value);

    static string JsonValue(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        _ => Plain(value),
    };

    static StreamWriter? Create(string? path)
    {
        try
        {
            return path is null ? null : new StreamWriter(path, append: false) { NewLine = "\n" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: the file cannot be written: {e.Message} Give another path.", e);
        }
    }
}
