namespace Assay.Data.Reading;

/// <summary>How many cells of a column were each mark of a missing value, and had blanks around them.</summary>
sealed class CellTally(Utf8Marks marks)
{
    // The last one is the empty cell, which needs no telling.
    readonly long[] _marked = new long[marks.Count + 1];
    long _trimmed;

    public void Mark(int place) => _marked[place]++;

    public void Trim() => _trimmed++;

    public void Add(CellTally other)
    {
        _trimmed += other._trimmed;
        for (var i = 0; i < _marked.Length; i++)
        {
            _marked[i] += other._marked[i];
        }
    }

    public void Clear()
    {
        _trimmed = 0;
        Array.Clear(_marked);
    }

    public IEnumerable<NotedCells> Of(string column) =>
        marks.Names.Select((mark, i) => new NotedCells(column, mark, _marked[i])).Append(new NotedCells(column, null, _trimmed)).Where(cells => cells.Count > 0);
}
