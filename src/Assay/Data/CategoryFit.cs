using System.Collections.Immutable;

namespace Assay.Data;

/// <summary>Learns which values of a column get a feature of their own and which are rare.</summary>
static class CategoryFit
{
    public static FittedColumn OneHot(FittedColumn fitted, Column column, OneHot step)
    {
        var (classes, codes) = ClassLabels.Of(column);
        var counts = new int[classes.Length];
        foreach (var code in codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        var isRare = Rare(counts, codes.Length, step);
        ImmutableArray<string> rare = [.. classes.Where((_, i) => isRare[i])];
        return fitted with
        {
            Categories = [.. classes.Where((_, i) => !isRare[i])],
            Rare = rare.IsEmpty ? null : rare,
            Unknown = step.Unknown,
        };
    }

    // scikit-learn's _identify_infrequent: first those below the frequency, then the least frequent until the limit holds; of equally
    // frequent ones the first in order goes first.
    static bool[] Rare(int[] counts, int rows, OneHot step)
    {
        var least = step.MinFrequency switch { null => 0, < 1 and var share => share * rows, { } count => count };
        var isRare = Array.ConvertAll(counts, count => count < least);
        var rare = isRare.Count(flag => flag);
        var features = counts.Length - rare + (rare > 0 ? 1 : 0);
        if (step.MaxCategories is { } most && features > most)
        {
            foreach (var i in Enumerable.Range(0, counts.Length).OrderBy(i => counts[i]).Take(counts.Length - (most - 1)))
            {
                isRare[i] = true;
            }
        }

        return isRare;
    }
}
