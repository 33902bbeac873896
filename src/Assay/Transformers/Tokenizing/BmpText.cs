using System.Globalization;
using System.Text;

namespace Assay.Transformers.Tokenizing;

// .NET's regular expressions see UTF-16 units, the reference's whole characters: a letter beyond U+FFFF would be two units of no class. So
// such a character is put as one that is of the same general category and has a single unit.
readonly struct BmpText
{
    readonly string? _characters;
    readonly int[]? _places;

    BmpText(string characters, int[] places)
    {
        _characters = characters;
        _places = places;
    }

    public static BmpText Of(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return default;
        }

        var characters = new StringBuilder(text.Length);
        var places = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            places.Add(at);
            characters.Append(rune.IsBmp ? (char)rune.Value : SameCategory(Rune.GetUnicodeCategory(rune)));
            at += rune.Utf16SequenceLength;
        }

        places.Add(at);
        return new BmpText(characters.ToString(), [.. places]);
    }

    public ReadOnlySpan<char> Characters(ReadOnlySpan<char> text) => _characters ?? text;

    public int PlaceOf(int index) => _places is null ? index : _places[index];

    // One for each category in the order of the enumeration; categories that have no character beyond U+FFFF share U+FDD0, which is none.
    const string Representatives =
        "\uA722\uA723\u1F88\uA71B\uA2D0\uA8F0\uA8B4\uA670\uA8D0\uA6E6\uA830\uFDD0\uFDD0\uFDD0\uFDD0"
        + "\uFFF9\uFDD0\uE000\uFE33\uFE58\uFE35\uFE36\u2E02\u2E03\uA8CE\uFB29\uA838\uA700\uA828\uFDD0";

    static char SameCategory(UnicodeCategory category) => Representatives[(int)category];
}
