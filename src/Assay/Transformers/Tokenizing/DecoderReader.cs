using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay.Transformers.Tokenizing;

// 'decoder' of tokenizer.json: the bytes that a token's text stands for, and the blanks taken from the start of a text.
sealed class DecoderReader(TokenizerReader reader)
{
    public (Func<string, byte[]> BytesOf, int LeadingBlanks) Read(JsonElement? decoder, bool byteLevel)
    {
        var steps = decoder is { } element ? [.. TokenizerReader.Steps(element, "decoders")] : Array.Empty<JsonElement>();
        var kinds = Array.ConvertAll(steps, TokenizerReader.Kind);
        if (byteLevel)
        {
            return Array.Find(kinds, kind => kind is not ("ByteLevel" or "Fuse")) is { } other
                ? throw reader.Refused("decoder", other, "ByteLevel, Sequence, Fuse")
                : (BytesOfAlphabet, 0);
        }

        if (Array.Find(kinds, kind => kind is not ("Replace" or "ByteFallback" or "Fuse" or "Strip")) is { } unknown)
        {
            throw reader.Refused("decoder", unknown, "Sequence, Replace, ByteFallback, Fuse, Strip (without a ByteLevel pre-tokenizer)");
        }

        var replaced = steps.Where(step => TokenizerReader.Kind(step) == "Replace").Select(NormalizerReader.Replacement).ToArray();
        var blanks = steps.Where(step => TokenizerReader.Kind(step) == "Strip" && step.GetProperty("content").GetString() == " ").Sum(step => step.GetProperty("start").GetInt32());
        return (text => BytesOfCharacters(text, replaced, kinds.Contains("ByteFallback")), blanks);
    }

    static byte[] BytesOfAlphabet(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var value = ByteAlphabet.ByteOf(text[i]);
            if (value < 0)
            {
                return Encoding.UTF8.GetBytes(text);
            }

            bytes[i] = (byte)value;
        }

        return bytes;
    }

    static byte[] BytesOfCharacters(string text, (string Old, string New)[] replaced, bool byteFallback)
    {
        if (byteFallback && text.Length == 6 && text.StartsWith("<0x", StringComparison.Ordinal) && text[5] == '>'
            && byte.TryParse(text.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return [value];
        }

        return Encoding.UTF8.GetBytes(replaced.Aggregate(text, (result, pair) => result.Replace(pair.Old, pair.New, StringComparison.Ordinal)));
    }
}
