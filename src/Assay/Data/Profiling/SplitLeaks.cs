using System.Collections.Immutable;

namespace Assay.Data.Profiling;

/// <summary>What two sides of a split share and should not.</summary>
public static class SplitLeaks
{
    /// <summary>Rows of the test side that stand on the training side too, and groups that stand on both.</summary>
    /// <param name="train">Rows that a model learns from.</param>
    /// <param name="test">Rows it is judged on; rows are compared by the columns that both have.</param>
    /// <param name="group">Column of both whose values must not stand on both sides, or null.</param>
    /// <exception cref="UserErrorException">The tables have no column in common, or no such group.</exception>
    public static ImmutableArray<DataFinding> Between(Table train, Table test, string? group)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var shared = train.Columns.Select(column => column.Name).Where(name => test.Find(name) is not null).ToArray();
        if (shared.Length == 0)
        {
            throw new UserErrorException("The two files have no column in common, so their rows cannot be compared. Expected the same columns.");
        }

        var known = Keys(train, shared).ToHashSet();
        var rows = Keys(test, shared).Count(known.Contains);
        var findings = ImmutableArray.CreateBuilder<DataFinding>();
        if (rows > 0)
        {
            findings.Add(new DataFinding(Weight.Leak, "shared_rows", null, $"{rows} of {test.RowCount} test rows stand among the training rows too: a model knows their answers by heart", rows));
        }

        if (group is not null)
        {
            var groups = Keys(train, [group]).ToHashSet();
            var across = Keys(test, [group]).Where(groups.Contains).ToArray();
            if (across.Length > 0)
            {
                findings.Add(new DataFinding(Weight.Leak, "shared_groups", group, $"{across.Distinct().Count()} groups stand on both sides, {across.Length} of {test.RowCount} test rows", across.Length));
            }
        }

        return findings.ToImmutable();
    }

    // Texts, so that a column that is whole numbers on one side and has decimals on the other is compared by value.
    static IEnumerable<ulong> Keys(Table table, string[] names)
    {
        var columns = names.Select(name => table[name]).ToArray();
        for (var row = 0; row < table.RowCount; row++)
        {
            var hash = 0UL;
            foreach (var column in columns)
            {
                hash = CellHash.Combine(hash, CellHash.Of(column.Text(row)));
            }

            yield return hash;
        }
    }
}
