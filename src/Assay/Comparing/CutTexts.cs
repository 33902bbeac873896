using System.Text;

namespace Assay.Comparing;

/// <summary>Many short texts in few objects: UTF-8 in blocks. Texts are cut, so that 200,000 of them take some tens of megabytes.</summary>
sealed class CutTexts
{
    const int Longest = 200;
    const int BlockBytes = 1 << 20;

    readonly List<byte[]> _blocks = [];
    readonly List<(int Block, int Start, int Length)> _places = [];
    int _used = BlockBytes;

    /// <summary>Puts a text at an index; those before it that have none are null.</summary>
    public void Set(int index, string? text)
    {
        while (_places.Count <= index)
        {
            _places.Add((-1, 0, 0));
        }

        if (text is null)
        {
            _places[index] = (-1, 0, 0);
            return;
        }

        var cut = Cut(text);
        var length = Encoding.UTF8.GetByteCount(cut);
        if (_used + length > BlockBytes)
        {
            _blocks.Add(new byte[BlockBytes]);
            _used = 0;
        }

        Encoding.UTF8.GetBytes(cut, _blocks[^1].AsSpan(_used));
        _places[index] = (_blocks.Count - 1, _used, length);
        _used += length;
    }

    /// <summary>As it is kept.</summary>
    public static string Cut(string text) => text.Length <= Longest ? text : text[..(Longest - (char.IsHighSurrogate(text[Longest - 1]) ? 1 : 0))] + "…";

    public string? this[int index] => IsThere(index) ? Encoding.UTF8.GetString(Bytes(index)) : null;

    /// <summary>Whether a text is known to both and not the same; of long ones the beginning decides.</summary>
    public bool Differs(int index, CutTexts other, int otherIndex) =>
        IsThere(index) && other.IsThere(otherIndex) && !Bytes(index).SequenceEqual(other.Bytes(otherIndex));

    bool IsThere(int index) => index < _places.Count && _places[index].Block >= 0;

    ReadOnlySpan<byte> Bytes(int index) => _blocks[_places[index].Block].AsSpan(_places[index].Start, _places[index].Length);
}
