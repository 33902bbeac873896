using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Models;

namespace Assay.Results;

/// <summary>Reads a record by hand, in one pass over its UTF-8. Names that many records share are one string in memory.</summary>
static class RecordReader
{
    static readonly JsonReaderOptions _options = new() { MaxDepth = RecordJson.MaxDepth };
    static readonly IReadOnlyDictionary<string, double> _none = new Dictionary<string, double>();

    /// <exception cref="Exception">JsonException, InvalidOperationException or FormatException: it is none.</exception>
    public static Record Read(ReadOnlySpan<byte> line, bool withTexts)
    {
        var reader = new Utf8JsonReader(line, _options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is no object.");
        }

        var fields = default(Fields);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader, ref fields, withTexts);
        }

        // What follows the object is read too: a second one is refused by the reader.
        reader.Read();
        return fields.Build();
    }

    static void ReadField(ref Utf8JsonReader reader, ref Fields fields, bool withTexts)
    {
        var name = NameCache.Get(ref reader);
        switch (name)
        {
            case "id": fields.Id = Text(ref reader); break;
            case "stage": fields.Stage = Name(ref reader); break;
            case "task": fields.Task = Name(ref reader); break;
            case "model": fields.Model = Name(ref reader); break;
            case "filter": fields.Filter = Name(ref reader); break;
            case "fold": fields.Fold = Whole(ref reader); break;
            case "repeat": fields.Repeat = Whole(ref reader); break;
            case "input" when withTexts: fields.Input = Node(ref reader); break;
            case "target": fields.Target = Text(ref reader); break;
            case "output" when withTexts: fields.Output = Text(ref reader); break;
            case "reasoning" when withTexts: fields.Reasoning = Text(ref reader); break;
            case "answer": fields.Answer = Text(ref reader); break;
            case "outcome": fields.Outcome = OutcomeOf(Name(ref reader)); break;
            case "scores": fields.Scores = Scores(ref reader); break;
            case "probabilities" when withTexts: fields.Probabilities = Probabilities(ref reader); break;
            case "tags": fields.Tags = Tags(ref reader); break;
            case "reason": fields.Reason = Text(ref reader); break;
            case "cluster": fields.Cluster = Text(ref reader); break;
            default: ReadUse(ref reader, ref fields, name); break;
        }
    }

    // What its answer took.
    static void ReadUse(ref Utf8JsonReader reader, ref Fields fields, string name)
    {
        switch (name)
        {
            case "seconds": fields.Seconds = Number(ref reader); break;
            case "input_tokens": fields.InputTokens = Whole(ref reader); break;
            case "output_tokens": fields.OutputTokens = Whole(ref reader); break;
            case "cost": fields.Cost = Number(ref reader); break;
            case "spent": fields.Spent = Spent(ref reader); break;
            case "run_seconds": fields.RunSeconds = Number(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    static string? Name(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : NameCache.Get(ref reader);
    }

    static int? Whole(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();
    }

    static double? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();
    }

    // Most inputs are one text: a document for each would be dear.
    static JsonNode? Node(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return JsonValue.Create(reader.GetString());
        }

        return JsonNode.Parse(ref reader);
    }

    static Dictionary<string, double>? Scores(ref Utf8JsonReader reader)
    {
        if (!Opens(ref reader, JsonTokenType.StartObject))
        {
            return null;
        }

        var scores = new Dictionary<string, double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            scores[NameCache.Get(ref reader)] = Number(ref reader) ?? double.NaN;
        }

        return scores;
    }

    static Spending? Spent(ref Utf8JsonReader reader)
    {
        if (!Opens(ref reader, JsonTokenType.StartObject))
        {
            return null;
        }

        var (calls, tokens, cost) = (0.0, 0.0, 0.0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (NameCache.Get(ref reader))
            {
                case "calls": calls = Number(ref reader) ?? 0; break;
                case "tokens": tokens = Number(ref reader) ?? 0; break;
                case "cost_usd": cost = Number(ref reader) ?? 0; break;
                default: reader.Skip(); break;
            }
        }

        return new Spending((long)calls, (long)tokens, cost);
    }

    static float[]? Probabilities(ref Utf8JsonReader reader)
    {
        if (!Opens(ref reader, JsonTokenType.StartArray))
        {
            return null;
        }

        // A float is read as one: by way of double it would be rounded twice.
        var values = new List<float>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(reader.TokenType == JsonTokenType.Null ? float.NaN : reader.GetSingle());
        }

        return [.. values];
    }

    static Dictionary<string, string>? Tags(ref Utf8JsonReader reader)
    {
        if (!Opens(ref reader, JsonTokenType.StartObject))
        {
            return null;
        }

        var tags = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            tags[NameCache.Get(ref reader)] = Name(ref reader) ?? throw new JsonException("a tag is null.");
        }

        return tags;
    }

    // False of a null.
    static bool Opens(ref Utf8JsonReader reader, JsonTokenType start)
    {
        reader.Read();
        return reader.TokenType == start || (reader.TokenType == JsonTokenType.Null ? false : throw new JsonException($"{reader.TokenType} stands where {start} is expected."));
    }

    static Outcome OutcomeOf(string? name) => OutcomeName.Find(name) ?? throw new JsonException($"'{name}' is no outcome.");

    struct Fields
    {
        public string? Id, Stage, Task, Model, Filter, Target, Output, Reasoning, Answer, Reason, Cluster;
        public int? Fold, Repeat, InputTokens, OutputTokens;
        public double? Seconds, Cost, RunSeconds;
        public Spending? Spent;
        public JsonNode? Input;
        public Outcome? Outcome;
        public IReadOnlyDictionary<string, double>? Scores;
        public float[]? Probabilities;
        public Dictionary<string, string>? Tags;

        public readonly Record Build() => new()
        {
            Id = Id ?? throw new JsonException("'id' is missing."),
            Stage = Stage ?? throw new JsonException("'stage' is missing."),
            Task = Task,
            Model = Model ?? throw new JsonException("'model' is missing."),
            Filter = Filter,
            Fold = Fold,
            Repeat = Repeat,
            Input = Input,
            Target = Target,
            Output = Output,
            Reasoning = Reasoning,
            Answer = Answer,
            Outcome = Outcome ?? throw new JsonException("'outcome' is missing."),
            Scores = Scores ?? _none,
            Probabilities = Probabilities,
            Tags = Tags,
            Reason = Reason,
            Cluster = Cluster,
            Seconds = Seconds,
            InputTokens = InputTokens,
            OutputTokens = OutputTokens,
            Cost = Cost,
            Spent = Spent,
            RunSeconds = RunSeconds,
        };
    }
}
