namespace Assay.Metrics.Text;

/// <summary>Numbers words, so that n-grams and edit distances compare integers. One for the texts that are compared with each other.</summary>
sealed class WordNumbers
{
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The numbers of the words of <c>str.split()</c>.</summary>
    public int[] Split(ReadOnlySpan<char> text)
    {
        var numbers = new List<int>();
        var at = 0;
        while (UnicodeText.NextWord(text, ref at, out var word))
        {
            numbers.Add(Of(word));
        }

        return [.. numbers];
    }

    /// <summary>The same number for the same word, from 0.</summary>
    public int Of(ReadOnlySpan<char> word)
    {
        var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(word, out var number))
        {
            number = _numbers.Count;
            lookup[word] = number;
        }

        return number;
    }
}
