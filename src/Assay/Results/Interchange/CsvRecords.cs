using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Models;

namespace Assay.Results.Interchange;

/// <summary>
/// Records as CSV: RFC 4180 with line feeds, UTF-8; a row a record, a column a key, <c>scores.METRIC</c> and <c>tags.NAME</c>.
/// <see cref="LogFormat.Csv"/> reads it back to the same records, but for class probabilities, which are not in it, for an empty
/// text, which reads back as none, and for a prompt that looks like a JSON array or object, which reads back as one. A spreadsheet may
/// take a text that begins with = for a formula: open files of unknown origin with care.
/// </summary>
public static class CsvRecords
{
    static readonly SearchValues<char> _quoted = SearchValues.Create(",;\t|\"\r\n");

    static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Writes all; leaves the stream open.</summary>
    /// <param name="records">Read twice: first for the names of its columns.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task WriteAsync(IAsyncEnumerable<Record> records, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        var (scores, tags) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            scores.UnionWith(record.Scores.Keys);
            tags.UnionWith(record.Tags?.Keys ?? []);
        }

        await using var writer = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(Line([.. CsvLog.Keys, .. scores.Select(score => CsvLog.ScorePrefix + score), .. tags.Select(tag => CsvLog.TagPrefix + tag)]).AsMemory(), cancellationToken).ConfigureAwait(false);
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            string?[] cells = [.. CsvLog.Keys.Select(key => Cell(record, key)), .. scores.Select(score => Number(record.Scores.TryGetValue(score, out var value) ? value : null)), .. tags.Select(tag => record.Tags?.GetValueOrDefault(tag))];
            await writer.WriteLineAsync(Line(cells).AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    static string? Cell(Record record, string key) => key switch
    {
        "id" => record.Id,
        "stage" => record.Stage,
        "task" => record.Task,
        "model" => record.Model,
        "filter" => record.Filter,
        "fold" => Number(record.Fold),
        "repeat" => Number(record.Repeat),
        "input" => record.Input is JsonValue value && value.TryGetValue<string>(out var text) ? text : record.Input?.ToJsonString(_json),
        "target" => record.Target,
        "output" => record.Output,
        "reasoning" => record.Reasoning,
        "answer" => record.Answer,
        "outcome" => OutcomeName.Of(record.Outcome),
        "reason" => record.Reason,
        "cluster" => record.Cluster,
        "seconds" => Number(record.Seconds),
        "input_tokens" => Number(record.InputTokens),
        "output_tokens" => Number(record.OutputTokens),
        _ => Number(record.Cost),
    };

    static string? Number(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null;

    static string Line(string?[] cells) => string.Join(',', cells.Select(Quoted));

    // Readers trim cells that are not quoted.
    static string? Quoted(string? cell) =>
        cell is null || (cell.AsSpan().IndexOfAny(_quoted) < 0 && cell.Length == cell.AsSpan().Trim().Length && !cell.StartsWith('#') && !cell.StartsWith("//", StringComparison.Ordinal)) ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
