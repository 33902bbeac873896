using System.Text;
using System.Text.Json;
using Assay.Transformers;

namespace Assay.Web.Serving.OpenAI;

/// <summary>One of the answers to a chat, as far as it has come.</summary>
/// <param name="index">Its number.</param>
/// <param name="scoredBy">Names the tokens of log-probabilities; null when they are not asked for.</param>
/// <param name="top">Alternatives to tell with each token.</param>
sealed class ChatChoice(int index, Tokenizer? scoredBy, int top)
{
    readonly StringBuilder _text = new();
    readonly List<GeneratedToken> _scored = [];
    FinishReason? _finish;

    public int Tokens { get; private set; }

    public bool IsScored => scoredBy is not null;

    public void Add(GeneratedToken token)
    {
        Tokens++;
        _finish = token.Finish;
        _text.Append(token.Text);
        if (IsScored)
        {
            _scored.Add(token);
        }
    }

    public void WriteWhole(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        writer.WriteString("content", _text.ToString());
        writer.WriteNull("refusal");
        writer.WriteEndObject();
        WriteScores(writer, _scored);
        writer.WriteString("finish_reason", ApiJson.NameOf(_finish));
        writer.WriteEndObject();
    }

    public void WriteRole(Utf8JsonWriter writer) => WriteDelta(writer, ("role", "assistant"), ("content", ""), [], null);

    public void WriteContent(Utf8JsonWriter writer, GeneratedToken token) => WriteDelta(writer, null, ("content", token.Text), [token], null);

    public void WriteFinish(Utf8JsonWriter writer, FinishReason finish) => WriteDelta(writer, null, null, [], finish);

    void WriteDelta(Utf8JsonWriter writer, (string, string)? role, (string, string)? content, IReadOnlyList<GeneratedToken> scored, FinishReason? finish)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteStartObject("delta");
        foreach (var (name, value) in new[] { role, content }.OfType<(string, string)>())
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        WriteScores(writer, scored);
        writer.WriteString("finish_reason", finish is null ? null : ApiJson.NameOf(finish));
        writer.WriteEndObject();
    }

    void WriteScores(Utf8JsonWriter writer, IReadOnlyList<GeneratedToken> tokens)
    {
        if (scoredBy is null || tokens.Count == 0)
        {
            writer.WriteNull("logprobs");
            return;
        }

        writer.WriteStartObject("logprobs");
        writer.WriteStartArray("content");
        foreach (var token in tokens)
        {
            writer.WriteStartObject();
            WriteScore(writer, token.Id, token.LogProbability);
            writer.WriteStartArray("top_logprobs");
            foreach (var other in token.Top.Take(top))
            {
                writer.WriteStartObject();
                WriteScore(writer, other.Id, other.LogProbability);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNull("refusal");
        writer.WriteEndObject();
    }

    void WriteScore(Utf8JsonWriter writer, int id, float logProbability)
    {
        writer.WriteString("token", TokenNames.Of(scoredBy!, id));
        writer.WriteNumber("logprob", TokenNames.Finite(logProbability));
        TokenNames.WriteBytes(writer, scoredBy!.BytesOf(id));
    }
}
