using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>
/// The log-probabilities of a completion: four lists of one length. Those alternatives that are asked for, and the token itself where it is not
/// among them. Offsets count characters (code points) of the text from its start.
/// </summary>
sealed class CompletionLogProbs(Tokenizer tokenizer, int top)
{
    readonly List<(int Id, float? LogProbability, ImmutableArray<TopToken> Top, int Offset)> _tokens = [];
    readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    int _written;
    int _offset;

    /// <summary>The first token of a prompt has no log-probability.</summary>
    public void Add(int id, float? logProbability, ImmutableArray<TopToken> alternatives)
    {
        _tokens.Add((id, logProbability, alternatives, _offset));
        var bytes = tokenizer.BytesOf(id);
        Span<char> characters = stackalloc char[256];
        while (!bytes.IsEmpty)
        {
            _decoder.Convert(bytes, characters, flush: false, out var used, out var made, out _);
            foreach (var character in characters[..made])
            {
                _offset += char.IsLowSurrogate(character) ? 0 : 1;
            }

            bytes = bytes[used..];
        }
    }

    /// <summary>Writes those that were added since the last time.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        var tokens = _tokens[_written..];
        _written = _tokens.Count;
        writer.WriteStartObject("logprobs");
        writer.WriteStartArray("tokens");
        tokens.ForEach(token => writer.WriteStringValue(TokenNames.Of(tokenizer, token.Id)));
        writer.WriteEndArray();
        writer.WriteStartArray("token_logprobs");
        tokens.ForEach(token => WriteValue(writer, token.LogProbability));
        writer.WriteEndArray();
        writer.WriteStartArray("top_logprobs");
        tokens.ForEach(token => WriteTop(writer, token.Id, token.LogProbability, token.Top));
        writer.WriteEndArray();
        writer.WriteStartArray("text_offset");
        tokens.ForEach(token => writer.WriteNumberValue(token.Offset));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteValue(Utf8JsonWriter writer, float? value)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(TokenNames.Finite(number));
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    void WriteTop(Utf8JsonWriter writer, int id, float? logProbability, ImmutableArray<TopToken> alternatives)
    {
        if (logProbability is not { } own)
        {
            writer.WriteNullValue();
            return;
        }

        // Two tokens of one text are one member; the likelier comes first.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (var (other, value) in alternatives.Take(top).Select(token => (token.Id, token.LogProbability)).Append((id, own)))
        {
            if (TokenNames.Of(tokenizer, other) is var name && seen.Add(name))
            {
                writer.WriteNumber(name, TokenNames.Finite(value));
            }
        }

        writer.WriteEndObject();
    }
}
