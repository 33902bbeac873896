using System.Buffers;
using System.Text;
using Assay.Transformers.Reading;
using Assay.Transformers.Tokenizing;

namespace Assay.Transformers;

/// <summary>
/// Text to token numbers and back, as the <c>tokenizer.json</c> of a model says: byte-level BPE (GPT-2, Llama 3, Qwen2, SmolLM) and BPE over
/// characters with a fallback to bytes (Llama 2). Thread-safe.
/// </summary>
public sealed class Tokenizer
{
    readonly TokenizerParts _parts;

    Tokenizer(TokenizerParts parts)
    {
        _parts = parts;
    }

    /// <summary>One more than the largest token number.</summary>
    public int VocabularySize => _parts.Vocabulary.Size;

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <exception cref="UserErrorException">It cannot be read, is damaged, or has a part that is not supported; the message names the part.</exception>
    public static Tokenizer Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(JsonFile.Bytes(path), path);
    }

    /// <summary>Reads the contents of a <c>tokenizer.json</c>.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="name">Its path, for messages.</param>
    /// <exception cref="UserErrorException">As <see cref="Load"/>.</exception>
    public static Tokenizer Parse(ReadOnlyMemory<byte> json, string name)
    {
        using var document = JsonFile.Parse(json, name);
        return new Tokenizer(new TokenizerReader(document.RootElement, name).Read());
    }

    /// <summary>
    /// The text's token numbers. Special tokens that stand in the text are found. A lone surrogate counts as U+FFFD.
    /// </summary>
    /// <param name="text">Any text; time grows no faster than n log n, also without blanks.</param>
    /// <param name="addSpecialTokens">Whether to add what the file's post-processor adds (mostly the token that starts a text).</param>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>((text.Length / 3) + 8);
        ids.AddRange(addSpecialTokens ? _parts.Prefix : []);
        EncodeRaw(Utf16.Whole(text), ids);
        ids.AddRange(addSpecialTokens ? _parts.Suffix : []);
        return [.. ids];
    }

    /// <summary>How many tokens <see cref="Encode"/> gives without added special tokens.</summary>
    public int Count(string text) => Encode(text).Length;

    /// <summary>The text of token numbers; bytes that make no whole character become U+FFFD, numbers without a token nothing.</summary>
    /// <param name="ids">In order.</param>
    /// <param name="skipSpecial">Whether to leave special tokens out.</param>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = true)
    {
        var bytes = new ArrayBufferWriter<byte>((ids.Length * 4) + 1);
        foreach (var id in ids)
        {
            if (!(skipSpecial && IsSpecial(id)))
            {
                bytes.Write(BytesOf(id));
            }
        }

        var text = bytes.WrittenSpan;
        for (var i = 0; i < _parts.LeadingBlanks && text.StartsWith(" "u8); i++)
        {
            text = text[1..];
        }

        return Encoding.UTF8.GetString(text);
    }

    /// <summary>The bytes a token stands for, not always whole characters of UTF-8; empty where there is no such token.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => _parts.Vocabulary.BytesOf(id);

    /// <summary>Whether it is markup, such as the token that ends a text.</summary>
    public bool IsSpecial(int id) => _parts.Vocabulary.IsSpecial(id);

    /// <summary>The number of a token as the file spells it (<c>Ġcapital</c>), or null.</summary>
    public int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _parts.Vocabulary.IdOf(token);
    }

    /// <summary>The token as the file spells it (<c>Ġcapital</c>); empty where there is no such token.</summary>
    public string TokenText(int id) => _parts.Vocabulary.TextOf(id);

    void EncodeRaw(string text, List<int> ids)
    {
        for (var at = 0; at < text.Length;)
        {
            var (token, start, end) = _parts.RawTokens.Next(text, at);
            if (start > at)
            {
                var piece = text[at..start];
                EncodeNormalized(_parts.Normalize is null ? piece : _parts.Normalize(piece), ids);
            }

            Add(token, ids);
            at = end;
        }
    }

    void EncodeNormalized(string text, List<int> ids)
    {
        for (var at = 0; at < text.Length;)
        {
            var (token, start, end) = _parts.NormalizedTokens.Next(text, at);
            if (start > at)
            {
                EncodePieces(text.AsMemory(at, start - at), ids);
            }

            Add(token, ids);
            at = end;
        }
    }

    void EncodePieces(ReadOnlyMemory<char> text, List<int> ids)
    {
        if (_parts.PreTokenizer is null)
        {
            _parts.Model.Encode(text.Span, ids);
            return;
        }

        var pieces = new List<ReadOnlyMemory<char>>();
        _parts.PreTokenizer.Split(text, pieces);
        foreach (var piece in pieces)
        {
            _parts.Model.Encode(piece.Span, ids);
        }
    }

    static void Add(AddedToken? token, List<int> ids)
    {
        if (token is not null)
        {
            ids.Add(token.Id);
        }
    }
}
