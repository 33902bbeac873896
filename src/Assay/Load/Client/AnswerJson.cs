using System.Text.Json;

namespace Assay.Load.Client;

/// <summary>What one event, or a whole answer, of the OpenAI protocols holds: found in one pass over its bytes, by names and depths, without a tree.</summary>
struct AnswerJson
{
    readonly PieceBuffer? _text;
    AnswerField _section, _part, _type;
    bool _isKnown, _hasDelta;

    AnswerJson(PieceBuffer? text)
    {
        _text = text;
    }

    public EventKinds Kinds { get; private set; }

    /// <summary>Generated so far; -1 where it is not told, as the two others.</summary>
    public int Tokens { get; private set; } = -1;

    public int InputTokens { get; private set; } = -1;

    public int CachedTokens { get; private set; } = -1;

    /// <summary>What is wrong with it; null when it is as a protocol wants it.</summary>
    public string? Problem { get; private set; }

    /// <param name="json">UTF-8.</param>
    /// <param name="text">Takes the text of the answer; null where it is not wanted.</param>
    public static AnswerJson Read(ReadOnlySpan<byte> json, PieceBuffer? text)
    {
        var found = new AnswerJson(text);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                found.Problem = "the answer is no JSON object";
                return found;
            }

            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    found.ReadProperty(ref reader);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            found.Problem = "the answer is not valid JSON";
            return found;
        }

        found.Kinds |= (found._hasDelta, found._type) switch
        {
            (_, AnswerField.Completed) => EventKinds.Done | EventKinds.Finish,
            (_, AnswerField.Error) => EventKinds.Error,
            (true, AnswerField.Text) => EventKinds.Text,
            (true, AnswerField.Reasoning) => EventKinds.Reasoning,
            (true, AnswerField.Tool) => EventKinds.Tool,
            _ => EventKinds.None,
        };
        if (!found._isKnown && found.Kinds == EventKinds.None)
        {
            found.Problem = "the answer has no choices";
        }

        return found;
    }

    void ReadProperty(ref Utf8JsonReader json)
    {
        var (depth, field) = (json.CurrentDepth, AnswerFields.Of(json.ValueSpan));
        json.Read();
        if (depth == 1)
        {
            (_section, _part) = (field, AnswerField.Other);
            ReadRoot(ref json, field);
        }
        else if (_section == AnswerField.Response)
        {
            _part = depth == 2 ? field : _part;
            Kinds |= depth == 2 && field == AnswerField.Error && json.TokenType != JsonTokenType.Null ? EventKinds.Error : 0;
            if (_part == AnswerField.Usage)
            {
                ReadCount(ref json, field);
            }
        }
        else if (_section == AnswerField.Usage)
        {
            ReadCount(ref json, field);
        }
        else
        {
            ReadPart(ref json, depth, field);
        }
    }

    void ReadRoot(ref Utf8JsonReader json, AnswerField field)
    {
        if (field == AnswerField.Choices)
        {
            _isKnown |= json.TokenType == JsonTokenType.StartArray;
        }
        else if (field == AnswerField.Error)
        {
            Kinds |= json.TokenType == JsonTokenType.Null ? EventKinds.None : EventKinds.Error;
        }
        else if (field == AnswerField.Delta)
        {
            _hasDelta = Take(ref json);
        }
        else if (field == AnswerField.Type && json.TokenType == JsonTokenType.String)
        {
            (_isKnown, _type) = (true, AnswerFields.OfType(json.ValueSpan));
        }
        else if (field == AnswerField.Status && json.TokenType == JsonTokenType.String)
        {
            Kinds |= json.ValueTextEquals("completed"u8) || json.ValueTextEquals("incomplete"u8) ? EventKinds.Finish : EventKinds.None;
        }
    }

    // choices[]: finish_reason and text at depth 3, the members of message and delta at 4; output[].content[].text is at 5, data[].embedding at 3.
    void ReadPart(ref Utf8JsonReader json, int depth, AnswerField field)
    {
        Kinds |= (_section, depth, field) switch
        {
            (AnswerField.Choices, 3, AnswerField.Finish) when json.TokenType == JsonTokenType.String => EventKinds.Finish,
            (AnswerField.Choices, 3, AnswerField.Text) or (AnswerField.Choices, 4, AnswerField.Content or AnswerField.Refusal) => Take(ref json) ? EventKinds.Text : 0,
            (AnswerField.Choices, 6, AnswerField.Text) or (AnswerField.Output, 5, AnswerField.Text) => Take(ref json) ? EventKinds.Text : 0,
            (AnswerField.Choices, 4, AnswerField.Reasoning) => IsText(ref json) ? EventKinds.Reasoning : 0,
            (AnswerField.Choices, 4, AnswerField.Tool) when json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject => EventKinds.Tool,
            (AnswerField.Choices, 4, AnswerField.Role) => EventKinds.Role,
            (AnswerField.Data, 3, AnswerField.Embedding) => IsText(ref json) || IsFilled(ref json) ? EventKinds.Text : 0,
            _ => EventKinds.None,
        };
    }

    void ReadCount(ref Utf8JsonReader json, AnswerField field)
    {
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var count) || count < 0)
        {
            return;
        }

        Tokens = field == AnswerField.OutputTokens ? count : Tokens;
        InputTokens = field == AnswerField.InputTokens ? count : InputTokens;
        CachedTokens = field == AnswerField.CachedTokens ? count : CachedTokens;
        Kinds |= field is AnswerField.OutputTokens or AnswerField.InputTokens ? EventKinds.Usage : EventKinds.None;
    }

    static bool IsText(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0;

    static bool IsFilled(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        json.Read();
        return json.TokenType == JsonTokenType.Number;
    }

    readonly bool Take(ref Utf8JsonReader json)
    {
        if (!IsText(ref json))
        {
            return false;
        }

        _text?.Commit(json.CopyString(_text.Reserve(json.ValueSpan.Length)));
        return true;
    }
}
