using System.Buffers;

namespace Assay.Data;

/// <summary>Tells cells without a value from others; most cells are settled by their first character.</summary>
sealed class MissingMarks(IReadOnlyCollection<string> marks)
{
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _marks = marks.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    readonly SearchValues<char> _first = SearchValues.Create([.. marks.Where(mark => mark.Length > 0).Select(mark => mark[0])]);

    public bool Contains(ReadOnlySpan<char> cell) => (cell.IsEmpty || _first.Contains(cell[0])) && _marks.Contains(cell);
}
