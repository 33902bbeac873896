namespace Assay.Data;

/// <summary>Rows that are equal in some columns.</summary>
static class DistinctRows
{
    /// <summary>The first of each set of equal rows, in order.</summary>
    public static int[] First(IReadOnlyList<Column> columns, int[] rows)
    {
        var codes = columns.Select(column => ClassLabels.Of(column).Codes).ToArray();
        var seen = new HashSet<int>(new ByCodes(codes));
        return Array.FindAll(rows, seen.Add);
    }

    sealed class ByCodes(int[][] codes) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => Array.TrueForAll(codes, column => column[x] == column[y]);

        public int GetHashCode(int row)
        {
            var hash = 17;
            foreach (var column in codes)
            {
                hash = unchecked((hash * 31) + column[row]);
            }

            return hash;
        }
    }
}
