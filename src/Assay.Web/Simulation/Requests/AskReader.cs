using System.Text.Json;
using Assay.Web.Serving.OpenAI;

namespace Assay.Web.Simulation.Requests;

/// <summary>Reads requests of the OpenAI protocol in one pass. Fields that would not change what the simulator does are passed over.</summary>
sealed class AskReader(int blockTokens)
{
    byte[] _text = new byte[256];

    /// <summary>Of the request read last.</summary>
    public PromptText Prompt { get; } = new(blockTokens);

    /// <exception cref="ApiProblem">It is no such request.</exception>
    public Ask Read(ReadOnlySpan<byte> json, AskKind kind)
    {
        Prompt.Clear();
        var ask = new Ask { Kind = kind };
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw ApiProblem.Wrong(null, "The body is no JSON object.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ask = Member(ref reader, ask);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw ApiProblem.Wrong(null, $"The body is not valid JSON of this protocol: {exception.Message}", "invalid_json");
        }

        return ask.Inputs > 0 ? ask : throw Missing(kind);
    }

    static ApiProblem Missing(AskKind kind)
    {
        var name = kind == AskKind.Chat ? "messages" : kind == AskKind.Completion ? "prompt" : "input";
        return ApiProblem.Wrong(name, $"'{name}' is missing.");
    }

    Ask Member(ref Utf8JsonReader reader, Ask ask)
    {
        if (reader.ValueTextEquals("messages"u8) || reader.ValueTextEquals("prompt"u8) || reader.ValueTextEquals("input"u8))
        {
            return ask with { Inputs = Texts(ref reader, ask.Kind) };
        }

        if (reader.ValueTextEquals("instructions"u8))
        {
            Texts(ref reader, ask.Kind);
            return ask;
        }

        if (reader.ValueTextEquals("stream_options"u8))
        {
            return ask with { IncludeUsage = IncludeUsage(ref reader) };
        }

        var name = reader.ValueSpan;
        reader.Read();
        var (isTrue, number) = (reader.TokenType == JsonTokenType.True, reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : (int?)null);
        ask = name switch
        {
            _ when name.SequenceEqual("stream"u8) => ask with { Stream = isTrue },
            _ when name.SequenceEqual("max_tokens"u8) || name.SequenceEqual("max_completion_tokens"u8) || name.SequenceEqual("max_output_tokens"u8) =>
                ask with { MaxTokens = number is null or >= 1 ? number ?? ask.MaxTokens : throw ApiProblem.Wrong("max_tokens", $"'max_tokens' is {number}; expected 1 or more.") },
            _ when name.SequenceEqual("logprobs"u8) => ask with { LogProbs = isTrue ? ask.LogProbs ?? 0 : number },
            _ when name.SequenceEqual("top_logprobs"u8) => ask with { LogProbs = number },
            _ when name.SequenceEqual("request_id"u8) && reader.TokenType == JsonTokenType.String => ask with { RequestId = reader.GetString() },
            _ when name.SequenceEqual("dimensions"u8) => ask with { Dimensions = number },
            _ when name.SequenceEqual("encoding_format"u8) => ask with { IsBase64 = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("base64"u8) },
            _ when name.SequenceEqual("n"u8) && number > 1 => throw ApiProblem.Wrong("n", $"'n' is {number}; the simulator gives one answer to a request."),
            _ => ask,
        };
        reader.Skip();
        return ask;
    }

    static bool IncludeUsage(ref Utf8JsonReader reader)
    {
        var (depth, asked) = (reader.CurrentDepth, false);
        reader.Read();
        while (reader.TokenType == JsonTokenType.StartObject || reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("include_usage"u8))
            {
                reader.Read();
                asked = reader.TokenType == JsonTokenType.True;
            }

            reader.Read();
        }

        return asked;
    }

    // A text, a list of texts or token ids, or messages whose texts stand in 'content' or, in parts, in 'text'. Gives the number of inputs.
    int Texts(ref Utf8JsonReader reader, AskKind kind)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.String && Add(ref reader) ? 1 : 0;
        }

        var (depth, texts, others, isText) = (reader.CurrentDepth, 0, 0, true);
        while (reader.Read() && (reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth > depth))
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                isText = reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("text"u8);
            }
            else if (reader.TokenType == JsonTokenType.String && (isText || reader.CurrentDepth == depth + 1) && Add(ref reader))
            {
                texts += reader.CurrentDepth == depth + 1 ? 1 : 0;
            }
            else if (reader.TokenType == JsonTokenType.Number && reader.CurrentDepth == depth + 1)
            {
                Prompt.AddToken(reader.GetUInt64());
                others = 1;
            }

            others |= reader.TokenType == JsonTokenType.StartObject ? 1 : 0;
        }

        return kind == AskKind.Completion && texts > 1 ? throw ApiProblem.Wrong("prompt", $"'prompt' has {texts} texts; the simulator answers one in a request.") : Math.Max(texts, others);
    }

    bool Add(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            Prompt.Add(reader.ValueSpan);
            return true;
        }

        if (_text.Length < reader.ValueSpan.Length)
        {
            _text = new byte[2 * reader.ValueSpan.Length];
        }

        Prompt.Add(_text.AsSpan(0, reader.CopyString(_text)));
        return true;
    }
}
