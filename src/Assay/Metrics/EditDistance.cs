using Assay.Metrics.Text;

namespace Assay.Metrics;

/// <summary>Levenshtein's distance: the fewest insertions, deletions and substitutions that turn one sequence into another.</summary>
public static class EditDistance
{
    /// <summary>Of Unicode code points. Time is the product of the lengths, but for what the texts begin and end with alike.</summary>
    public static int Levenshtein(string text, string other)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(other);
        return Levenshtein(UnicodeText.CodePoints(text, keepSpace: true), UnicodeText.CodePoints(other, keepSpace: true));
    }

    /// <summary>The distance per code point of the longer text, 0 to 1; 0 of two empty texts.</summary>
    public static double Normalized(string text, string other)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(other);
        var (points, others) = (UnicodeText.CodePoints(text, keepSpace: true), UnicodeText.CodePoints(other, keepSpace: true));
        var longer = Math.Max(points.Length, others.Length);
        return longer == 0 ? 0 : (double)Levenshtein(points, others) / longer;
    }

    /// <summary>Of any symbols.</summary>
    public static int Levenshtein(ReadOnlySpan<int> symbols, ReadOnlySpan<int> others)
    {
        var alike = symbols.CommonPrefixLength(others);
        symbols = symbols[alike..];
        others = others[alike..];
        while (!symbols.IsEmpty && !others.IsEmpty && symbols[^1] == others[^1])
        {
            symbols = symbols[..^1];
            others = others[..^1];
        }

        if (symbols.IsEmpty || others.IsEmpty)
        {
            return symbols.Length + others.Length;
        }

        var row = new int[others.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 0; i < symbols.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 1; j < row.Length; j++)
            {
                var substituted = diagonal + (symbols[i] == others[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(diagonal, row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
