using Assay.Tasks;

namespace Assay.Transformers;

/// <summary>Turns a conversation into the text that a model was trained on. Thread-safe.</summary>
public sealed class ChatTemplate
{
    readonly Template _template;
    readonly string? _bosToken;
    readonly string? _eosToken;

    ChatTemplate(Template template, string? bosToken, string? eosToken)
    {
        _template = template;
        _bosToken = bosToken;
        _eosToken = eosToken;
    }

    /// <summary>The Jinja text it was made of.</summary>
    public string Source => _template.Source;

    /// <summary>Compiles a template of a Hugging Face tokenizer.</summary>
    /// <param name="source">Jinja.</param>
    /// <param name="name">Where it stands, for messages.</param>
    /// <param name="bosToken">What <c>bos_token</c> is in it; null: not defined.</param>
    /// <param name="eosToken">What <c>eos_token</c> is in it; null: not defined.</param>
    /// <exception cref="UserErrorException">It is wrong, or uses a part of Jinja that is not supported; the message has the position.</exception>
    public static ChatTemplate Parse(string source, string name, string? bosToken = null, string? eosToken = null) =>
        new(Template.Parse(source, name), bosToken, eosToken);

    /// <summary>The prompt; it holds the special tokens as text, so encode it without adding any.</summary>
    /// <param name="turns">The conversation, oldest first.</param>
    /// <param name="addGenerationPrompt">Whether to end with what opens the assistant's answer.</param>
    /// <exception cref="UserErrorException">The template refuses the conversation, such as a role that it does not know.</exception>
    public string Render(IEnumerable<ChatTurn> turns, bool addGenerationPrompt)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var messages = turns.Select(object? (turn) => new Dictionary<string, object?>(StringComparer.Ordinal) { ["role"] = turn.Role, ["content"] = turn.Content }).ToList();
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["messages"] = messages,
            ["add_generation_prompt"] = addGenerationPrompt,
        };
        if (_bosToken is not null)
        {
            values["bos_token"] = _bosToken;
        }

        if (_eosToken is not null)
        {
            values["eos_token"] = _eosToken;
        }

        return _template.Render(values);
    }
}
