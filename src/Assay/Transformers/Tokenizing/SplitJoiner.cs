namespace Assay.Transformers.Tokenizing;

// Takes the ranges of a text in order, each a delimiter or not, and writes the pieces. Joining is that of NormalizedString::split in the
// tokenizers library: only the first of several delimiters in a row joins what is before it, only the last what follows.
sealed class SplitJoiner(ReadOnlyMemory<char> text, List<ReadOnlyMemory<char>> pieces, SplitBehavior behavior)
{
    int _start;
    int _end;
    bool _wasDelimiter;

    public void Add(int from, int to, bool isDelimiter)
    {
        if (from == to)
        {
            return;
        }

        if (behavior == SplitBehavior.Removed && isDelimiter)
        {
            return;
        }

        var joins = behavior switch
        {
            SplitBehavior.Contiguous => isDelimiter == _wasDelimiter,
            SplitBehavior.MergedWithPrevious => isDelimiter && !_wasDelimiter,
            SplitBehavior.MergedWithNext => !isDelimiter && _wasDelimiter,
            SplitBehavior.Removed or SplitBehavior.Isolated or _ => false,
        };
        if (!joins || from != _end)
        {
            Finish();
            _start = from;
        }

        _end = to;
        _wasDelimiter = isDelimiter;
    }

    public void Finish()
    {
        if (_end > _start)
        {
            pieces.Add(text[_start.._end]);
        }

        _start = _end;
    }
}
