using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Models;

/// <summary>Many texts in large blocks of UTF-8: a byte a letter of most languages, and no object a text. Exact: what UTF-8 cannot carry stays UTF-16.</summary>
sealed class PackedTexts
{
    const int BlockBytes = 1 << 20;

    readonly List<byte[]> _blocks = [];
    readonly List<Place> _places = [];
    int _used;

    public int Count => _places.Count;

    public string this[int index]
    {
        get
        {
            var (block, start, length) = _places[index];
            return length >= 0
                ? Encoding.UTF8.GetString(_blocks[block], start, length)
                : new string(MemoryMarshal.Cast<byte, char>(_blocks[block].AsSpan(start, ~length)));
        }
    }

    public void Add(string text)
    {
        var isWhole = IsWhole(text);
        var length = isWhole ? Encoding.UTF8.GetByteCount(text) : text.Length * sizeof(char);
        if (_blocks.Count == 0 || length > BlockBytes - _used)
        {
            _blocks.Add(new byte[Math.Max(length, BlockBytes)]);
            _used = 0;
        }

        var place = _blocks[^1].AsSpan(_used, length);
        _ = isWhole ? Encoding.UTF8.GetBytes(text, place) : Copy(text, place);
        _places.Add(new Place(_blocks.Count - 1, _used, isWhole ? length : ~length));
        _used = Math.Min(BlockBytes, _used + length);
    }

    static int Copy(string text, Span<byte> place)
    {
        MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(place);
        return place.Length;
    }

    // A lone surrogate has no UTF-8.
    static bool IsWhole(string text) => !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);

    readonly record struct Place(int Block, int Start, int Length);
}
