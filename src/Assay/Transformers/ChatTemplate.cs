using Assay.Tasks;
using Assay.Transformers.Reading;

namespace Assay.Transformers;

/// <summary>
/// Turns a conversation into the text that a model was trained on, with the Jinja that transformers renders chat templates with: names
/// that are not given are empty, <c>trim_blocks</c> and <c>lstrip_blocks</c> hold, there are no tools. Thread-safe.
/// </summary>
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
        new(Template.ParseChat(source, name), bosToken, eosToken);

    /// <summary>The prompt; it holds the special tokens as text, so encode it without adding any.</summary>
    /// <param name="turns">The conversation, oldest first.</param>
    /// <param name="addGenerationPrompt">Whether to end with what opens the assistant's answer.</param>
    /// <param name="clock">For templates that put the date into the prompt (<c>strftime_now</c>). Null: that function is not defined, and templates of
    /// Llama 3 take their fixed date, so that a prompt is the same every day.</param>
    /// <exception cref="UserErrorException">The template refuses the conversation, such as a role that it does not know.</exception>
    public string Render(IEnumerable<ChatTurn> turns, bool addGenerationPrompt, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["messages"] = turns.Select(Message).ToList(),
            ["add_generation_prompt"] = addGenerationPrompt,
            ["tools"] = null,
            ["documents"] = null,
            ["bos_token"] = _bosToken ?? "",
            ["eos_token"] = _eosToken ?? "",
            ["raise_exception"] = ChatFunctions.RaiseException,
        };
        if (clock is not null)
        {
            values["strftime_now"] = ChatFunctions.FormatNow(clock);
        }

        return _template.Render(values);
    }

    static object? Message(ChatTurn turn) => new Dictionary<string, object?>(StringComparer.Ordinal) { ["role"] = turn.Role, ["content"] = turn.Content };
}
