using System.Text;

namespace Assay.Transformers.Tokenizing;

// Of the piece's characters (Llama 2's vocabulary). A character that is no token becomes its bytes '<0x0A>' where those are tokens, else the
// unknown token, or nothing.
sealed class CharacterModel(MergeTable merges, Dictionary<string, int> vocabulary, int[]? tokenOfByte, int? unknown, bool fuseUnknown) : BytePairModel(merges)
{
    protected override int Start(ReadOnlySpan<char> piece, Span<int> tokens)
    {
        var lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        for (var at = 0; at < piece.Length;)
        {
            _ = Rune.DecodeFromUtf16(piece[at..], out var rune, out var width);
            if (lookup.TryGetValue(piece.Slice(at, width), out var token))
            {
                tokens[count++] = token;
            }
            else if (tokenOfByte is not null)
            {
                foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    tokens[count++] = tokenOfByte[value];
                }
            }
            else if (unknown is { } id && !(fuseUnknown && count > 0 && tokens[count - 1] == id))
            {
                tokens[count++] = id;
            }

            at += width;
        }

        return count;
    }
}
