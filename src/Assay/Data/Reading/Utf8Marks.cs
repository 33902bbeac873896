using System.Text;

namespace Assay.Data.Reading;

/// <summary>Tells cells without a value from others; most cells are settled by their first byte.</summary>
sealed class Utf8Marks
{
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
    public bool HasNumbers => Array.Exists(_marks, mark => CellParser.Parse(mark, out _, out _) is not (CellKinds.Text or CellKinds.Boolean or CellKinds.Date));

    public bool Contains(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
        {
            return _empty;
        }

        if (_first[cell[0]])
        {
            foreach (var mark in _marks)
            {
                if (cell.SequenceEqual(mark))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
