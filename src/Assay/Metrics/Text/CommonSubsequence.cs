namespace Assay.Metrics.Text;

/// <summary>The longest common subsequence of two sequences.</summary>
static class CommonSubsequence
{
    public static int Length(ReadOnlySpan<int> symbols, ReadOnlySpan<int> others)
    {
        var row = new int[others.Length + 1];
        foreach (var symbol in symbols)
        {
            var diagonal = 0;
            for (var j = 1; j < row.Length; j++)
            {
                var above = row[j];
                row[j] = symbol == others[j - 1] ? diagonal + 1 : Math.Max(above, row[j - 1]);
                diagonal = above;
            }
        }

        return row[^1];
    }

    /// <summary>Marks the symbols of one longest subsequence: of several that one which rouge_score finds, going back from the ends.</summary>
    public static void Mark(ReadOnlySpan<int> symbols, ReadOnlySpan<int> others, Span<bool> isCommon)
    {
        var width = others.Length + 1;
        var table = new int[(symbols.Length + 1) * width];
        for (var i = 1; i <= symbols.Length; i++)
        {
            for (var j = 1; j < width; j++)
            {
                var at = (i * width) + j;
                table[at] = symbols[i - 1] == others[j - 1] ? table[at - width - 1] + 1 : Math.Max(table[at - width], table[at - 1]);
            }
        }

        var (left, right) = (symbols.Length, others.Length);
        while (left > 0 && right > 0)
        {
            if (symbols[left - 1] == others[right - 1])
            {
                isCommon[--left] = true;
                right--;
            }
            else if (table[(left * width) + right - 1] > table[((left - 1) * width) + right])
            {
                right--;
            }
            else
            {
                left--;
            }
        }
    }
}
