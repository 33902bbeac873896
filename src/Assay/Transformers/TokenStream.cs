using System.Text;

namespace Assay.Transformers;

/// <summary>Tokens that come one by one as text of whole characters: an emoji that is split over tokens appears with its last one. Special tokens give no text.</summary>
/// <param name="tokenizer">Whose tokens they are.</param>
public sealed class TokenStream(Tokenizer tokenizer)
{
    readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The text that became whole with this token; may be empty.</summary>
    public string Push(int id) => Take(tokenizer.IsSpecial(id) ? [] : tokenizer.BytesOf(id), flush: false);

    /// <summary>What is left at the end: U+FFFD where a character stayed incomplete, else empty. The stream can then be used anew.</summary>
    public string Flush() => Take([], flush: true);

    string Take(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> characters = stackalloc char[256];
        if (bytes.Length + 4 > characters.Length)
        {
            characters = new char[bytes.Length + 4];
        }

        return characters[.._decoder.GetChars(bytes, characters, flush)].ToString();
    }
}
