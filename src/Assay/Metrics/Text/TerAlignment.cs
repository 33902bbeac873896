namespace Assay.Metrics.Text;

/// <summary>
/// The edit distance of tercom's beam: rows of a hypothesis' words against a reference, kept near the diagonal. Shifted hypotheses share the rows of
/// the words that they begin with.
/// </summary>
sealed class TerAlignment
{
    const int Beam = 25;
    const int Unreached = int.MaxValue / 2;

    readonly int[] _reference;
    readonly int[] _words;
    readonly int[][] _rows;
    readonly int[] _first;

    /// <summary>Aligns words with the reference, which is not empty.</summary>
    public TerAlignment(int[] words, int[] reference)
    {
        (_words, _reference) = (words, reference);
        (_rows, _first) = (new int[words.Length + 1][], new int[words.Length + 1]);
        _rows[0] = [.. Enumerable.Range(0, reference.Length + 1)];
        Fill(_rows, words, 1);
    }

    /// <summary>Insertions, deletions and substitutions.</summary>
    public int Distance => Cell(_rows, _words.Length, _reference.Length);

    /// <summary>The distance of the same words in another order.</summary>
    public int DistanceOf(int[] shifted)
    {
        var same = shifted.AsSpan().CommonPrefixLength(_words);
        var rows = _rows[..(same + 1)];
        Array.Resize(ref rows, _rows.Length);
        Fill(rows, shifted, same + 1);
        return Cell(rows, shifted.Length, _reference.Length);
    }

    /// <summary>The cheapest way back. Of ways as cheap a substitution comes first, then a word too many, then one too few.</summary>
    /// <param name="places">For each reference word the hypothesis word beside it or last before it, -1 where there is none.</param>
    /// <param name="referenceErrors">For each reference word whether it was not met.</param>
    /// <param name="wordErrors">For each hypothesis word whether it met none.</param>
    public void Trace(int[] places, bool[] referenceErrors, bool[] wordErrors)
    {
        var (i, j) = (_words.Length, _reference.Length);
        while (i > 0 || j > 0)
        {
            var same = i > 0 && j > 0 && _words[i - 1] == _reference[j - 1];
            var cost = Cell(_rows, i, j);
            if (i > 0 && j > 0 && cost == Cell(_rows, i - 1, j - 1) + (same ? 0 : 1))
            {
                places[--j] = --i;
                referenceErrors[j] = wordErrors[i] = !same;
            }
            else if (i > 0 && cost == Cell(_rows, i - 1, j) + 1)
            {
                wordErrors[--i] = true;
            }
            else
            {
                referenceErrors[--j] = true;
                places[j] = i - 1;
            }
        }
    }

    void Fill(int[][] rows, int[] words, int from)
    {
        var ratio = words.Length == 0 ? 1 : (double)_reference.Length / words.Length;
        var beam = Beam < ratio / 2 ? (int)Math.Ceiling((ratio / 2) + Beam) : Beam;
        for (var i = from; i <= words.Length; i++)
        {
            var diagonal = (int)Math.Floor(i * ratio);
            var first = Math.Max(0, diagonal - beam);
            var end = i == words.Length ? _reference.Length + 1 : Math.Min(_reference.Length + 1, diagonal + beam);
            _first[i] = first;
            var row = rows[i] = new int[end - first];
            var previous = Unreached;
            for (var j = first; j < end; j++)
            {
                var substituted = j == 0 ? Unreached : Cell(rows, i - 1, j - 1) + (words[i - 1] == _reference[j - 1] ? 0 : 1);
                previous = Math.Min(Math.Min(substituted, Cell(rows, i - 1, j) + 1), Math.Min(previous + 1, Unreached));
                row[j - first] = previous;
            }
        }
    }

    int Cell(int[][] rows, int i, int j)
    {
        var at = j - _first[i];
        return (uint)at < (uint)rows[i].Length ? rows[i][at] : Unreached;
    }
}
