namespace Assay;

/// <summary>Finds the known name that a misspelt one most likely meant.</summary>
public static class NearestName
{
    /// <summary>The known name within a third of its length in edits, or null when nothing is near.</summary>
    public static string? Of(string found, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(known);
        var nearest = known.MinBy(name => Edits(found, name));
        return nearest is not null && Edits(found, nearest) <= Math.Max(2, nearest.Length / 3) ? nearest : null;
    }

    /// <summary>", did you mean 'x'?" or an empty text.</summary>
    public static string Hint(string found, IEnumerable<string> known) =>
        Of(found, known) is { } name ? $" Did you mean '{name}'?" : "";

    // Levenshtein distance, one row at a time.
    static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
