using System.Text;

namespace Assay.Data.Reading;

/// <summary>Tells cells without a value from others; most cells are settled by their first byte.</summary>
sealed class Utf8Marks
{
    public const int None = -1;

    readonly byte[][] _marks;
    readonly bool[] _first = new bool[256];
    readonly bool _empty;

    public Utf8Marks(IReadOnlyCollection<string> marks)
    {
        _marks = [.. marks.Where(mark => mark.Length > 0).Select(Encoding.UTF8.GetBytes)];
        _empty = marks.Contains("");
        foreach (var mark in _marks)
        {
            _first[mark[0]] = true;
        }
    }

    /// <summary>Some mark is written as a number.</summary>
    public bool HasNumbers => Array.Exists(_marks, mark => (CellParser.Parse(mark, out _, out _) & CellKinds.Numbers) != 0);

    /// <summary>The marks but for the empty cell.</summary>
    public IReadOnlyList<string> Names => Array.ConvertAll(_marks, Encoding.UTF8.GetString);

    public int Count => _marks.Length;

    public bool Contains(ReadOnlySpan<byte> cell) => Place(cell) != None;

    /// <summary>Which mark the cell is, as in <see cref="Names"/>; <see cref="Count"/> for an empty cell that is one, <see cref="None"/> for any other.</summary>
    public int Place(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
        {
            return _empty ? _marks.Length : None;
        }

        if (_first[cell[0]])
        {
            for (var i = 0; i < _marks.Length; i++)
            {
                if (cell.SequenceEqual(_marks[i]))
                {
                    return i;
                }
            }
        }

        return None;
    }
}
