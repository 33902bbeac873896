namespace Assay.Transformers.Tokenizing;

// GPT-2's byte alphabet: every byte as one visible character, so that a vocabulary can be written as text. Printable Latin-1 bytes are
// themselves, the other 68 are U+0100 and up, in order (bytes_to_unicode of openai/gpt-2 encoder.py).
static class ByteAlphabet
{
    static readonly char[] _characters = Characters();
    static readonly short[] _bytes = Bytes();

    public static char CharacterOf(byte value) => _characters[value];

    // -1 where the character stands for no byte.
    public static int ByteOf(char character) => character < _bytes.Length ? _bytes[character] : -1;

    static char[] Characters()
    {
        var next = 0x100;
        return [.. Enumerable.Range(0, 256).Select(value => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)value : (char)next++)];
    }

    static short[] Bytes()
    {
        var bytes = new short[_characters.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (short value = 0; value < 256; value++)
        {
            bytes[_characters[value]] = value;
        }

        return bytes;
    }
}
