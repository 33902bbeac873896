using System.Buffers;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace Assay.Load.Payloads;

/// <summary>
/// Texts of common English words with a space between two: mostly one token each to the vocabularies in use, and one word each to what counts
/// words. How many tokens they really are, the service tells.
/// </summary>
static class WordText
{
    static readonly ImmutableArray<byte[]> _words = Load();

    /// <summary>
    /// Writes words that follow from the key alone. The first ones spell the key, so that texts of two keys differ from their beginning on, and
    /// no cache of prefixes takes one for the other, when both have eight words or more.
    /// </summary>
    public static void Write(IBufferWriter<byte> text, ulong key, int words)
    {
        var random = new SeededRandom(key);
        var left = key;
        for (var i = 0; i < words; i++)
        {
            var word = _words[i < 8 ? (int)(left & 0xFF) : (int)(random.NextUInt64() >> 56)];
            left >>= 8;
            var span = text.GetSpan(word.Length);
            word.CopyTo(span);
            text.Advance(word.Length);
        }
    }

    /// <summary>Without the space at its end.</summary>
    public static ReadOnlyMemory<byte> Finish(ArrayBufferWriter<byte> text) => text.WrittenMemory[..Math.Max(0, text.WrittenCount - 1)];

    /// <summary>Enough room for so many words.</summary>
    public static ArrayBufferWriter<byte> Begin(int words) => new(Math.Max(16, words * 6));

    static ImmutableArray<byte[]> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Assay.Load.Payloads.words.txt")!;
        using var reader = new StreamReader(stream);
        var words = reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct();
        return [.. words.Take(256).Select(word => Encoding.ASCII.GetBytes($"{word} "))];
    }
}
