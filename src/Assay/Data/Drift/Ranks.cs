namespace Assay.Data.Drift;

/// <summary>Walks two sorted samples together.</summary>
static class Ranks
{
    /// <summary>Called once per distinct value, ascending.</summary>
    /// <param name="reference">Ascending.</param>
    /// <param name="current">Ascending.</param>
    /// <param name="visit">Values below in both, then how many are equal in the reference and in the current sample.</param>
    public static void Walk(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Action<int, int, int, int> visit)
    {
        var (i, j) = (0, 0);
        while (i < reference.Length || j < current.Length)
        {
            var at = i == reference.Length ? current[j] : j == current.Length ? reference[i] : Math.Min(reference[i], current[j]);
            var (a, b) = (i, j);
            while (i < reference.Length && reference[i] == at)
            {
                i++;
            }

            while (j < current.Length && current[j] == at)
            {
                j++;
            }

            visit(a, b, i - a, j - b);
        }
    }
}
