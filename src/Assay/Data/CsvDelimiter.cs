namespace Assay.Data;

/// <summary>Finds what stands between the cells of a CSV text.</summary>
static class CsvDelimiter
{
    const string Candidates = ",;\t|";

    /// <summary>
    /// The candidate that occurs equally often in the first two lines (header names may hold commas), else most often in the
    /// first; a comma when there is none. What stands in quotes does not count.
    /// </summary>
    public static char Detect(ReadOnlySpan<char> text)
    {
        Span<int> first = stackalloc int[Candidates.Length];
        Span<int> second = stackalloc int[Candidates.Length];
        Count(Count(text, first), second);
        var best = 0;
        for (var i = 1; i < Candidates.Length; i++)
        {
            if (Rank(first[i], second[i]).CompareTo(Rank(first[best], second[best])) > 0)
            {
                best = i;
            }
        }

        return Candidates[best];
    }

    static (bool Agrees, int Count) Rank(int first, int second) => (first > 0 && first == second, first);

    // Counts in the first line that is not blank and returns what follows it.
    static ReadOnlySpan<char> Count(ReadOnlySpan<char> text, Span<int> counts)
    {
        text = text.TrimStart("\r\n");
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && text[i] is '\r' or '\n')
            {
                return text[i..];
            }
            else if (!quoted && Candidates.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var at)
            {
                counts[at]++;
            }
        }

        return [];
    }
}
