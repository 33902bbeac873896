using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Data;
using Assay.Models;

namespace Assay.Results.Interchange;

/// <summary>A table with a row an answer, read part by part.</summary>
static class CsvLog
{
    internal const string ScorePrefix = "scores.";
    internal const string TagPrefix = "tags.";

    const int RowsAtOnce = 4096;

    internal static readonly string[] Keys =
    [
        "id", "stage", "task", "model", "filter", "fold", "repeat", "input", "target", "output", "reasoning", "answer", "outcome", "reason", "cluster",
        "seconds", "input_tokens", "output_tokens", "cost",
    ];

    public static IEnumerable<Record> Read(string path, CsvLogColumns columns)
    {
        if (columns.Keys.Keys.FirstOrDefault(key => !Keys.Contains(key)) is { } unknown)
        {
            throw new UserErrorException($"'{unknown}' is no key of a record.{NearestName.Hint(unknown, Keys)} Expected of {string.Join(", ", Keys)}.");
        }

        var plain = new ReadOptions { Format = TableFormat.Csv, Header = true, MissingMarks = [""] };
        var names = TableReader.ReadNames(path, plain);
        var places = Keys.Where(key => columns.Keys.ContainsKey(key) || names.Contains(key)).ToDictionary(key => key, key => columns.Keys.GetValueOrDefault(key, key), StringComparer.Ordinal);
        (string Name, string Column)[] scores = [.. Prefixed(names, ScorePrefix), .. columns.Scores.Select(column => (column, column))];
        (string Name, string Column)[] tags = [.. Prefixed(names, TagPrefix), .. columns.Tags.Select(column => (column, column))];
        Require(path, names, [.. places.Values, .. scores.Select(score => score.Column), .. tags.Select(tag => tag.Column)]);
        var row = 0;
        foreach (var table in TableReader.Batches(path, RowsAtOnce, plain with { Types = names.ToDictionary(name => name, _ => ColumnType.Text) }))
        {
            var cells = names.ToDictionary(name => name, name => table[name], StringComparer.Ordinal);
            for (var i = 0; i < table.RowCount; i++)
            {
                var at = i;
                yield return new CsvRow(path, ++row, column => cells[column].Text(at)).Record(columns, places, scores, tags);
            }
        }
    }

    static IEnumerable<(string Name, string Column)> Prefixed(IReadOnlyList<string> names, string prefix) =>
        names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => (name[prefix.Length..], name));

    static void Require(string path, IReadOnlyList<string> names, IReadOnlyList<string> wanted)
    {
        if (wanted.FirstOrDefault(column => !names.Contains(column)) is { } missing)
        {
            throw new UserErrorException($"{path}: there is no column '{missing}'.{NearestName.Hint(missing, names)} The table has: {string.Join(", ", names)}.");
        }
    }

    /// <summary>One row; its number counts from 1 below the names.</summary>
    sealed record CsvRow(string Path, int Number, Func<string, string?> Cell)
    {
        public Record Record(CsvLogColumns columns, Dictionary<string, string> places, (string Name, string Column)[] scores, (string Name, string Column)[] tags)
        {
            string? Text(string key)
            {
                return places.TryGetValue(key, out var column) ? Cell(column) : null;
            }

            var stored = tags.Select(tag => (tag.Name, Text: Cell(tag.Column))).Where(tag => tag.Text is not null).ToDictionary(tag => tag.Name, tag => tag.Text!, StringComparer.Ordinal);
            return new Record
            {
                Id = Text("id") ?? Number.ToString(CultureInfo.InvariantCulture),
                Stage = Text("stage") ?? "evaluate",
                Task = Text("task") ?? columns.Task ?? System.IO.Path.GetFileNameWithoutExtension(Path),
                Model = Text("model") ?? columns.Model ?? "unknown",
                Filter = Text("filter") ?? "none",
                Fold = Whole("fold", Text("fold")),
                Repeat = Whole("repeat", Text("repeat")),
                Input = Input(Text("input")),
                Target = Text("target"),
                Output = Text("output"),
                Reasoning = Text("reasoning"),
                Answer = Text("answer"),
                Outcome = OutcomeOf(Text("outcome")),
                Scores = scores.Select(score => (score.Name, Value: Value(score.Column, Cell(score.Column)))).Where(score => score.Value is not null).ToDictionary(score => score.Name, score => score.Value!.Value, StringComparer.Ordinal),
                Tags = stored.Count == 0 ? null : stored,
                Reason = Text("reason"),
                Cluster = Text("cluster"),
                Seconds = Value("seconds", Text("seconds")),
                InputTokens = Whole("input_tokens", Text("input_tokens")),
                OutputTokens = Whole("output_tokens", Text("output_tokens")),
                Cost = Value("cost", Text("cost")),
            };
        }

        // What was no text is told as JSON; see CsvRecords.
        static JsonNode? Input(string? text)
        {
            try
            {
                return text is null ? null : text[0] is '[' or '{' && JsonNode.Parse(text, documentOptions: JsonParts.Options) is { } node ? node : JsonValue.Create(text);
            }
            catch (JsonException)
            {
                return JsonValue.Create(text);
            }
        }

        Outcome OutcomeOf(string? text)
        {
            foreach (var outcome in Enum.GetValues<Outcome>())
            {
                if (text is null || OutcomeName.Of(outcome) == text)
                {
                    return outcome;
                }
            }

            throw Wrong("outcome", text!, $"one of {string.Join(", ", Enum.GetValues<Outcome>().Select(OutcomeName.Of))}");
        }

        int? Whole(string column, string? text) => text is null ? null : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(column, text, "a whole number");

        double? Value(string column, string? text) => text switch
        {
            null => null,
            _ when text.Equals("true", StringComparison.OrdinalIgnoreCase) => 1,
            _ when text.Equals("false", StringComparison.OrdinalIgnoreCase) => 0,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : throw Wrong(column, text, "a number, true or false, or nothing"),
        };

        UserErrorException Wrong(string column, string text, string expected) =>
            new($"{Path}: row {Number}: {column} is '{(text.Length > 40 ? text[..40] + "…" : text)}'. Expected {expected}.");
    }
}
